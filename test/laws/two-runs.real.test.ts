/** Two applies of one project, started together, on real servers: one does the work; and nobody's settings are lost. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "../../src/kinds/settings/store-settings.ts";
import { leaseKeys } from "../../src/ledger/ledger-text.ts";
import { readDocument } from "../commands/documents.ts";
import { runMain, type Ended } from "../commands/fake-context.ts";
import { passwordToken, rawSocket } from "../contract/raw-socket.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { withClient } from "./run-config.ts";

/** Of each of the two ways to plan. */
const rounds = Number(process.env["KUMA_SYNC_ROUNDS"] ?? 10);
const yamlOf = (project: string): string =>
  `version: 1\nproject: ${project}\nmonitors:\n${["a", "b", "c"].map((key) => `  ${key}: { name: "${project} ${key}", type: push }\n`).join("")}`;

describe.each(contractServers())("on $name", (server) => {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-two-"));
  let target: RunningServer;
  let token: string;
  beforeAll(async () => {
    target = await server.start();
    token = await passwordToken(target.url, target.username, target.password);
  });
  afterAll(async () => {
    await target.close();
    rmSync(folder, { recursive: true });
  });
  const run = (project: string, args: readonly string[]): Promise<Ended> =>
    runMain([...args, "--timeout", "90s"], {
      cwd: folder,
      env: { KUMA_SYNC_URL: target.url, KUMA_SYNC_TOKEN: token, CI: "1", GITHUB_JOB: project },
    });
  const write = (project: string, yaml: string): string => {
    writeFileSync(join(folder, `${project}.yaml`), yaml);
    return `${project}.yaml`;
  };

  test.each(["plain", "saved"])(
    `of two runs with a %s plan one writes, in each of ${rounds} rounds`,
    async (mode) => {
      for (let round = 1; round <= rounds; round += 1) {
        const project = `two-${mode}-${round}-${process.pid}`;
        const file = write(project, yamlOf(project));
        if (mode === "saved") await run(project, ["plan", "-f", file, "--out", `${project}.json`]);
        const apply = mode === "saved" ? ["apply", `${project}.json`] : ["apply", "--auto-approve"];
        const both = await Promise.all([0, 1].map(() => run(project, [...apply, "-f", file, "--format", "json"])));
        const results = both.map((ended) => readDocument(ended)["result"] as string);
        expect([
          project,
          ...both.map(({ code }) => code),
          ...results.toSorted((left, right) => (left < right ? -1 : 1)),
        ]).toEqual([project, 0, 0, "applied", "unchanged"]);
        expect(readDocument(await run(project, ["plan", "-f", file, "--format", "json"]))).toMatchObject({
          steps: [],
          blockers: [],
          summary: { unchanged: 3 },
        });
        const confirm = `${project}@${new URL(target.url).host}`;
        expect((await run(project, ["destroy", "-f", file, "--confirm", confirm])).code).toBe(0);
      }
    },
    600_000,
  );

  test("a lease that does not come free ends the run with exit 6, and nothing is written", async () => {
    const project = `held-${process.pid}`;
    const file = write(project, yamlOf(project));
    const { lease } = leaseKeys(project);
    const value = {
      format: 1,
      state: "held",
      turn: 4,
      id: "x",
      beat: 1,
      host: "ci-7",
      pid: 12,
      name: "job deploy",
      since: "2026-01-01T00:00:00Z",
    };
    await withClient(target, (client) =>
      client.write("setSettings", { entryPage: "dashboard", nscd: true, [lease]: value }, ""),
    );
    const ended = await runMain(["apply", "-f", file, "--auto-approve", "--timeout", "2s", "--format", "json"], {
      cwd: folder,
      env: { KUMA_SYNC_URL: target.url, KUMA_SYNC_TOKEN: token },
    });
    expect(ended.code).toBe(6);
    expect(ended.stderr).toContain("job deploy on ci-7, process 12, since 2026-01-01T00:00:00Z");
    expect(readDocument(ended)).toMatchObject({ result: "busy", outcomes: [] });
    expect(Object.keys(await withClient(target, readSettings))).not.toContain(`kumaSync/${project}`);
    // 20 s later it counts as left behind.
    expect((await run(project, ["apply", "-f", file, "--auto-approve"])).code).toBe(0);
    const confirm = `${project}@${new URL(target.url).host}`;
    expect((await run(project, ["destroy", "-f", file, "--confirm", confirm])).code).toBe(0);
  }, 200_000);

  test("settings that an operator saves during applies stay saved", async () => {
    const operator = await rawSocket(target.url, token);
    const project = `saves-${process.pid}`;
    const file = write(project, yamlOf(project));
    const lost: unknown[] = [];
    let saves = 0;
    const over = new AbortController();
    const save = async (): Promise<void> => {
      for (; !over.signal.aborted; saves += 1) {
        const saved = { keepDataPeriodDays: 100 + (saves % 100), primaryBaseURL: `https://kuma.example/${saves}` };
        await operator.call(
          "setSettings",
          { entryPage: "dashboard", nscd: true, chromeExecutable: null, ...saved },
          "",
        );
        const { data } = await operator.call("getSettings");
        const now = data as typeof saved;
        const isKept =
          now.primaryBaseURL === saved.primaryBaseURL && now.keepDataPeriodDays === saved.keepDataPeriodDays;
        if (!isKept) lost.push(saved);
      }
    };
    const saving = save();
    const confirm = `${project}@${new URL(target.url).host}`;
    for (let round = 0; round < 3; round += 1) {
      expect((await run(project, ["apply", "-f", file, "--auto-approve"])).code).toBe(0);
      expect((await run(project, ["destroy", "-f", file, "--confirm", confirm])).code).toBe(0);
    }
    over.abort();
    await saving;
    operator.close();
    expect(saves).toBeGreaterThan(10);
    expect(lost).toEqual([]);
  }, 200_000);
});
