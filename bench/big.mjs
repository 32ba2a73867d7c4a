import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measurePlan } from "./apply.mjs";
import { readBack, runBare } from "./floor.mjs";
import { manyMonitors } from "./many-monitors.mjs";
import { cli, median, runNode } from "./process.mjs";
import { withFakeServer } from "./with-fake-server.mjs";

const count = Number(process.env["BENCH_BIG"] ?? 2000);

/**
 * A big file: groups, tags and notifications. The npm package's server would take a quarter of an hour for as many adds, so
 * this is the tests' own, or the one at KUMA_SYNC_BENCH_URL with KUMA_SYNC_BENCH_PASSWORD, which must have nothing on it.
 */
export async function measure(say) {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-bench-"));
  const file = join(folder, "monitors.yaml");
  // Paused: as many checks at once would measure the server.
  await writeFile(file, manyMonitors(count, { active: false }));
  const { KUMA_SYNC_BENCH_URL: given, KUMA_SYNC_BENCH_PASSWORD: password = "admin123!" } = process.env;
  const login = { username: "admin", password };
  // Against a server of their own people feel the time; without one, our own work is what can be measured.
  const clock = given === undefined ? "cpuMs" : "ms";
  try {
    const validated = await runNode([cli, "validate", "-f", file]);
    return await withFakeServer(given, async (url) => {
      const env = { KUMA_SYNC_URL: url, KUMA_SYNC_USERNAME: login.username, KUMA_SYNC_PASSWORD: login.password };
      const run = (...args) => runNode([cli, ...args, "-f", file, "--timeout", "600s"], { env });
      const applied = await run("apply", "--auto-approve");
      say(`kuma-sync apply: ${(applied.ms / 1000).toFixed(1)} s, ${applied.megabytes.toFixed(0)} MB`);
      const script = await readBack(url, login);
      const unchanged = await run("plan", "--detailed-exitcode");
      const most = Math.max(...[validated, applied, unchanged].map(({ megabytes }) => megabytes));
      const plan = await measurePlan({
        server: { url, login },
        monitors: count,
        env,
        file,
        folder,
        script,
        clock,
        say,
      });
      const changes = await measureChanges({ run, file, limit: given === undefined ? 2 : 1.4, clock, say });
      const memory = {
        what: `memory for ${count} monitors`,
        value: most,
        limit: 300,
        unit: " MB",
        detail: `validate ${validated.megabytes.toFixed(0)}, plan ${unchanged.megabytes.toFixed(0)}, apply ${applied.megabytes.toFixed(0)}`,
      };
      // There is one server to be had, and it is not empty any more.
      if (given !== undefined) return [plan, changes, memory];
      const bare = await withFakeServer(undefined, (fresh) =>
        runBare("add", { url: fresh, script, folder, login, window: 8 }),
      );
      say(`bare socket: ${(bare.ms / 1000).toFixed(1)} s`);
      const ratio = {
        what: `apply ${count} new monitors, server without cost / bare socket`,
        value: applied.cpuMs / bare.cpuMs,
        limit: 6,
        unit: "x",
        detail: `${(applied.cpuMs / 1000).toFixed(1)} s / ${(bare.cpuMs / 1000).toFixed(1)} s of computing`,
      };
      return [{ ...plan, limit: 5.5 }, changes, ratio, memory];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What people do most: ten changes among many monitors, against a plan that finds nothing to do, in turns. */
async function measureChanges({ run, file, limit, clock, say }) {
  const text = await readFile(file, "utf8");
  const applies = [];
  const plans = [];
  for (let round = 1; round <= 3; round += 1) {
    let changed = 0;
    const edited = text.replaceAll("    interval: 5m", (line) => {
      changed += 1;
      return changed <= 10 ? `    interval: ${5 + round}m` : line;
    });
    await writeFile(file, edited);
    applies.push((await run("apply", "--auto-approve"))[clock]);
    plans.push((await run("plan", "--detailed-exitcode"))[clock]);
  }
  const [apply, plan] = [median(applies), median(plans)];
  say(`apply of ten changes ${apply.toFixed(0)} ms, plan without changes ${plan.toFixed(0)} ms`);
  return {
    what: `apply of ten changes among ${count} monitors / plan without changes`,
    value: apply / plan,
    limit,
    unit: "x",
    detail: `${apply.toFixed(0)} ms / ${plan.toFixed(0)} ms, median of ${applies.length}`,
  };
}
