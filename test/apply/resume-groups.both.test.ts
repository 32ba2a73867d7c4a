/** New groups are made paused, and resumed from the bottom up once what is in them was checked. */
import { describe, expect, test } from "vitest";
import { contractServers } from "../contract/servers.ts";
import { runConfigOn, withClient } from "../laws/run-config.ts";

const yaml = `version: 1
project: groups
monitors:
  outer: { name: Outer, type: group }
  inner: { name: Inner, type: group, parent: outer }
  empty: { name: Empty, type: group }
  off: { name: Off, type: group, active: false }
  a: { name: A, type: push, parent: inner }
  b: { name: B, type: push, parent: off }
`;

describe.each(contractServers())("on $name", (server) => {
  test("all run in the end that should, and nothing is left to do", async () => {
    const running = await server.start();
    try {
      await withClient(running, async (client) => {
        const written: unknown[] = [];
        const write = client.write.bind(client);
        const watched: typeof client = Object.create(client, {
          write: {
            value: (...[event, ...args]: Parameters<typeof client.write>) => {
              if (event === "resumeMonitor") written.push(args[0]);
              return write(event, ...args);
            },
          },
        }) as typeof client;
        const { report } = await runConfigOn(watched, yaml);
        expect(report).toMatchObject({ ok: true, verification: { state: "converged" } });
        const ids = new Map(report?.outcomes.map((outcome) => [outcome.key, "id" in outcome ? outcome.id : 0]));
        expect(written).toEqual([ids.get("monitor/inner"), ids.get("monitor/outer")]);
        expect((await runConfigOn(watched, yaml, { freshness: "anew" })).plan.steps).toEqual([]);
      });
    } finally {
      await running.close();
    }
  }, 120_000);
});
