/** Changing a tag on one monitor is the only edit: its status page and its maintenance follow, on every server. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../../src/kuma/connect.ts";
import type { KumaClient } from "../../../src/model/kuma-client.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { contractServers, type RunningServer } from "../../contract/servers.ts";
import { runConfigOn } from "../../laws/run-config.ts";

const configOf = (tagsOfSonarr: string): string => `version: 1
project: one-edit
tags:
  media: { name: one-edit media }
monitors:
  servers: { type: group, name: one-edit servers, notifications: [] }
  plex: { type: push, name: one-edit Plex, tags: [media], parent: servers, notifications: [] }
  sonarr: { type: push, name: one-edit Sonarr, tags: ${tagsOfSonarr}, notifications: [] }
statusPages:
  home:
    slug: one-edit
    title: Home
    groups:
      - { name: Media, select: { tag: media } }
      - { name: Servers, select: { parent: servers } }
maintenance:
  night: { title: one-edit night, strategy: manual, active: false, select: { tag: media } }
`;

function selectedIn({ steps }: Plan): Readonly<Record<string, unknown>> {
  const changed = steps.flatMap((step) =>
    "changes" in step ? step.changes.map((change) => [step.key, change] as const) : [],
  );
  return Object.fromEntries(
    changed.flatMap(([key, change]) =>
      change.sensitive || change.selected === undefined ? [] : [[key, change.selected]],
    ),
  );
}

describe.each(contractServers())("on $name", (server) => {
  let target: RunningServer;
  let client: KumaClient;

  beforeAll(async () => {
    target = await server.start();
    const { url, username, password } = target;
    client = await connect({ url, credentials: { type: "password", username, password } });
  }, 120_000);

  afterAll(async () => {
    await run("version: 1\nproject: one-edit\n");
    await client.close();
    await target.close();
  }, 60_000);

  async function run(yaml: string): Promise<Plan> {
    const { plan, report } = await runConfigOn(client, yaml, { freshness: "anew", allowBulk: true, allowDeletes: 9 });
    expect(plan.blockers).toEqual([]);
    expect(report?.outcomes.filter(({ result }) => result !== "done")).toEqual([]);
    return plan;
  }

  test("the page and the maintenance get the monitor, and lose it", async () => {
    await run(configOf("[]"));
    const by = { tag: "media" };
    const added = [{ key: "monitor/sonarr", by }];
    expect(selectedIn(await run(configOf("[media]")))).toEqual({
      "status-page/home": [{ group: "Media", added, removed: [] }],
      "maintenance/night": [{ added, removed: [] }],
    });
    expect((await run(configOf("[media]"))).steps).toEqual([]);
    const removed = ["monitor/sonarr"];
    expect(selectedIn(await run(configOf("[]")))).toEqual({
      "status-page/home": [{ group: "Media", added: [], removed }],
      "maintenance/night": [{ added: [], removed }],
    });
    expect((await run(configOf("[]"))).steps).toEqual([]);
  });
});
