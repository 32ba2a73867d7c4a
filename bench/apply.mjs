import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBack, runBare } from "./floor.mjs";
import { manyMonitors } from "./many-monitors.mjs";
import { cli, median, runNode } from "./process.mjs";
import { importSources } from "./source-modules.mjs";

const count = Number(process.env["BENCH_MONITORS"] ?? 300);
const login = { username: "admin", password: "bench-Passw0rd" };

/**
 * `apply` of new monitors, and a `plan` that finds nothing to do, each against the same work done by a bare socket that knows
 * everything beforehand. Both sides are whole processes, and each apply starts on a server of its own with nothing on it.
 */
export async function measure(say) {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-bench-"));
  const file = join(folder, "monitors.yaml");
  await writeFile(file, manyMonitors(count));
  try {
    return await withServer(say, async (ours) => {
      const env = { KUMA_SYNC_URL: ours.url, KUMA_SYNC_USERNAME: login.username, KUMA_SYNC_PASSWORD: login.password };
      const applied = await runNode([cli, "apply", "--auto-approve", "-f", file, "--timeout", "600s"], { env });
      say(`kuma-sync apply: ${(applied.ms / 1000).toFixed(1)} s`);
      const script = await readBack(ours.url, login);
      const bare = await withServer(say, async ({ url }) => {
        const run = await runBare("add", { url, script, folder, login });
        say(`bare socket: ${(run.ms / 1000).toFixed(1)} s`);
        return run;
      });
      const said = JSON.parse(bare.stdout);
      return [
        {
          what: `apply ${count} new monitors / bare socket`,
          value: applied.ms / bare.ms,
          limit: 1.25,
          unit: "x",
          detail: `${(applied.ms / 1000).toFixed(1)} s / ${(bare.ms / 1000).toFixed(1)} s; the server took ${(bare.ms / said.writes).toFixed(1)} ms and sent ${(said.bytes / said.writes / 1000).toFixed(1)} kB per write (${said.writes} writes)`,
        },
        await measurePlan({
          server: { url: ours.url, login },
          monitors: count,
          env,
          file,
          folder,
          script,
          clock: "ms",
          say,
        }),
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A no-op plan against a bare login that waits for the same lists, in turns. `clock` is `ms` or `cpuMs` of `runNode`. */
export async function measurePlan({ server, monitors, env, file, folder, script, clock, say }) {
  const ours = [];
  const floor = [];
  // The server allows 20 logins a minute, whoever makes them.
  for (let round = 0; round < 7; round += 1) {
    floor.push((await runBare("lists", { ...server, script, folder }))[clock]);
    ours.push((await runNode([cli, "plan", "--detailed-exitcode", "-f", file], { env }))[clock]);
  }
  const [bare, plan] = [median(floor), median(ours)];
  say(`plan ${plan.toFixed(0)} ms, bare login and lists ${bare.toFixed(0)} ms`);
  return {
    what: `plan without changes, ${monitors} monitors / bare login and lists`,
    value: plan / bare,
    limit: 1.3,
    unit: "x",
    detail: `${plan.toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${ours.length}`,
  };
}

async function withServer(say, use) {
  const [{ bootstrap }, { startSandbox }] = await importSources(
    "src/kuma/bootstrap/bootstrap.ts",
    "src/sandbox/start-sandbox.ts",
  );
  const sandbox = await startSandbox({ via: "npm", onProgress: say });
  try {
    await bootstrap({ url: sandbox.url, ...login, database: { type: "sqlite" }, timeoutMs: 60_000 });
    return await use(sandbox);
  } finally {
    await sandbox.stop();
  }
}
