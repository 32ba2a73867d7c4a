/** 5,000 monitors on a server, in the memory of a small machine. How long it takes is for the benchmark. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configOf } from "../commands/workspace.ts";
import { strangeKuma } from "../fakes/strange-servers.ts";
import { during } from "../kuma/with-fake.ts";
import { runBounded } from "./bounded-program.ts";

const count = 5000;

/** As 2.5.3 sends one, with what is long in a real one. */
function monitorJson(id: number): object {
  return {
    id,
    name: `Monitor ${id}`,
    description: "x".repeat(200),
    type: "http",
    url: `https://host-${id}.example/health`,
    method: "GET",
    headers: JSON.stringify({ Authorization: `Bearer ${"t".repeat(100)}${id}` }),
    interval: 60,
    retryInterval: 60,
    timeout: 48,
    maxretries: 0,
    active: true,
    parent: id > 100 ? (id % 100) + 1 : null,
    accepted_statuscodes: ["200-299"],
    notificationIDList: {},
    tags: [{ tag_id: 1, monitor_id: id, name: "kuma-sync", color: "#4B5563", value: `shop/m${id}` }],
    conditions: [],
  };
}

describe(`a server with ${count} monitors`, () => {
  it.each(["plan --full", "plan --full --format json", "import", "snapshot", "status --format json"])(
    "%s stays below 300 MB",
    { timeout: 120_000 },
    async (line) => {
      const monitorList = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [index + 1, monitorJson(index + 1)]),
      );
      const beats = { monitorID: 1, status: 1, msg: "200 - OK", time: "2026-01-01 00:00:00", ping: 1 };
      const { url } = await during(strangeKuma({ pushes: { monitorList: [monitorList], heartbeat: [beats] } }));
      const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
      try {
        const keys = Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index + 1}`, 30]));
        writeFileSync(join(folder, "monitors.yaml"), configOf(keys));
        const env = { KUMA_SYNC_URL: url, KUMA_SYNC_USERNAME: "admin", KUMA_SYNC_PASSWORD: "admin123!" };
        const ran = await runBounded([...line.split(" "), "--timeout", "60s"], { cwd: folder, heapMb: 256, env });
        expect({ code: ran.code, stderr: ran.stderr.slice(0, 500) }).toMatchObject({ code: 0 });
        expect(ran.stdout).toContain("m4999");
        expect(ran.peakMb).toBeLessThan(300);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
