import { readBack, runBare } from "./floor.mjs";
import { measurePlan } from "./measure-plan.mjs";
import { importSources } from "../scripts/source-modules.mjs";
import { withMonitors } from "./with-monitors.mjs";

const monitors = Number(process.env["BENCH_MONITORS"] ?? 300);
const password = "bench-Passw0rd";

/**
 * `apply` of new monitors, and a `plan` that finds nothing to do, each against the same work done by a bare socket that knows
 * everything beforehand. Both sides are whole processes, and each apply starts on a server of its own with nothing on it.
 */
export function measure(say) {
  return withMonitors(monitors, { password }, ({ on }) =>
    withServer(say, async (url) => {
      const server = on(url);
      const applied = await server.run("apply", "--auto-approve");
      say(`kuma-sync apply: ${(applied.ms / 1000).toFixed(1)} s`);
      const script = await readBack(server);
      const bare = await withServer(say, async (fresh) => {
        const run = await runBare("add", { ...on(fresh), script });
        say(`bare socket: ${(run.ms / 1000).toFixed(1)} s`);
        return run;
      });
      const said = JSON.parse(bare.stdout);
      return [
        {
          what: `apply ${monitors} new monitors / bare socket, time`,
          value: applied.ms / bare.ms,
          limit: 1.25,
          unit: "x",
          detail: `${(applied.ms / 1000).toFixed(1)} s / ${(bare.ms / 1000).toFixed(1)} s; the server took ${(bare.ms / said.writes).toFixed(1)} ms and sent ${(said.bytes / said.writes / 1000).toFixed(1)} kB per write (${said.writes} writes)`,
        },
        await measurePlan({ server, monitors, script, clock: "ms", limit: 1.3, say }),
      ];
    }),
  );
}

async function withServer(say, use) {
  const [{ bootstrap }, { startSandbox }] = await importSources(
    "src/kuma/bootstrap/bootstrap.ts",
    "src/sandbox/start-sandbox.ts",
  );
  const sandbox = await startSandbox({ via: "npm", onProgress: say });
  try {
    await bootstrap({ url: sandbox.url, username: "admin", password, database: { type: "sqlite" }, timeoutMs: 60_000 });
    return await use(sandbox.url);
  } finally {
    await sandbox.stop();
  }
}
