import { readFile, writeFile } from "node:fs/promises";
import { readBack, runBare } from "./floor.mjs";
import { clockNames, measurePlan } from "./measure-plan.mjs";
import { cli, median, runNode } from "./process.mjs";
import { withFakeServer } from "./with-fake-server.mjs";
import { withMonitors } from "./with-monitors.mjs";

const monitors = Number(process.env["BENCH_BIG"] ?? 2000);
const { KUMA_SYNC_BENCH_URL: given, KUMA_SYNC_BENCH_PASSWORD: password = "admin123!" } = process.env;
// Against a server of their own people feel the time; without one, our own work is what can be measured.
const clock = given === undefined ? "cpuMs" : "ms";

/**
 * A big file: groups, tags and notifications. The npm package's server would take a quarter of an hour for as many adds, so
 * this is the tests' own, or the one at KUMA_SYNC_BENCH_URL with KUMA_SYNC_BENCH_PASSWORD, which must have nothing on it.
 * Paused: as many checks at once would measure the server.
 */
export function measure(say) {
  return withMonitors(monitors, { password, active: false }, ({ file, on }) =>
    withFakeServer(given, async (url) => {
      const server = on(url);
      const validated = await runNode([cli, "validate", "-f", file]);
      const applied = await server.run("apply", "--auto-approve");
      say(`kuma-sync apply: ${(applied.ms / 1000).toFixed(1)} s, ${applied.megabytes.toFixed(0)} MB`);
      const script = await readBack(server);
      const unchanged = await server.run("plan", "--detailed-exitcode");
      const most = Math.max(...[validated, applied, unchanged].map(({ megabytes }) => megabytes));
      const plan = await measurePlan({ server, monitors, script, clock, limit: given === undefined ? 4.6 : 1.3, say });
      const changes = await measureChanges({ server, file, limit: given === undefined ? 1.7 : 1.4, say });
      const memory = {
        what: `memory for ${monitors} monitors`,
        value: most,
        limit: 300,
        unit: " MB",
        detail: `validate ${validated.megabytes.toFixed(0)}, plan ${unchanged.megabytes.toFixed(0)}, apply ${applied.megabytes.toFixed(0)}`,
      };
      // There is one server to be had, and it is not empty any more.
      if (given !== undefined) return [plan, changes, memory];
      const bare = await withFakeServer(undefined, (fresh) => runBare("add", { ...on(fresh), script, window: 8 }));
      say(`bare socket: ${(bare.ms / 1000).toFixed(1)} s`);
      const ratio = {
        what: `apply ${monitors} new monitors, server without cost / bare socket, computing`,
        value: applied.cpuMs / bare.cpuMs,
        limit: 4.2,
        unit: "x",
        detail: `${(applied.cpuMs / 1000).toFixed(1)} s / ${(bare.cpuMs / 1000).toFixed(1)} s`,
      };
      return [plan, changes, ratio, memory];
    }),
  );
}

/** What people do most: ten changes among many monitors, against a plan that finds nothing to do, in turns. */
async function measureChanges({ server, file, limit, say }) {
  const text = await readFile(file, "utf8");
  const applies = [];
  const plans = [];
  for (let round = 1; round <= 5; round += 1) {
    let changed = 0;
    const edited = text.replaceAll("    interval: 5m", (line) => {
      changed += 1;
      return changed <= 10 ? `    interval: ${5 + round}m` : line;
    });
    await writeFile(file, edited);
    applies.push((await server.run("apply", "--auto-approve"))[clock]);
    plans.push((await server.run("plan", "--detailed-exitcode"))[clock]);
  }
  const [apply, plan] = [median(applies), median(plans)];
  say(`apply of ten changes ${apply.toFixed(0)} ms, plan without changes ${plan.toFixed(0)} ms`);
  return {
    what: `apply of ten changes among ${monitors} monitors / plan without changes, ${clockNames[clock]}`,
    value: apply / plan,
    limit,
    unit: "x",
    detail: `${apply.toFixed(0)} ms / ${plan.toFixed(0)} ms, median of ${applies.length}`,
  };
}
