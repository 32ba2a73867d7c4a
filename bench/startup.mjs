import { fileURLToPath } from "node:url";
import { cli, median, runNode } from "./process.mjs";

const minimal = fileURLToPath(new URL("../examples/minimal.yaml", import.meta.url));
const rounds = 25;

const validate = [cli, "validate", "-f", minimal];
const runs = {
  bare: { args: ["-e", "0"] },
  version: { args: [cli, "version"] },
  validate: { args: validate },
  // As the first run after an installation, and all where the program's folder is read-only (decision 24).
  uncompiled: { args: validate, env: { NODE_DISABLE_COMPILE_CACHE: "1" } },
};

/** Programs that do next to nothing against `node -e 0`, taken in turns, by the time on the clock. */
export async function measure(say) {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  const computing = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  // Keeps what it compiled.
  await runNode(validate);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { args, env }] of Object.entries(runs)) {
      const { ms, cpuMs } = await runNode(args, { env });
      times[name].push(ms);
      computing[name].push(cpuMs);
    }
  }
  const bare = median(times.bare);
  say(`node -e 0: ${bare.toFixed(0)} ms`);
  const row = (what, name, limit) => ({
    what: `${what} / node -e 0, time`,
    value: median(times[name]) / bare,
    limit,
    unit: "x",
    detail: `${median(times[name]).toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${rounds}; computing ${(median(computing[name]) / median(computing.bare)).toFixed(2)}x`,
  });
  return [
    row("kuma-sync version", "version", 1.4),
    row("validate of one monitor", "validate", 3),
    row("validate of one monitor, nothing compiled before", "uncompiled", 5),
  ];
}
