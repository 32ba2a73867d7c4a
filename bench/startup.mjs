import { fileURLToPath } from "node:url";
import { cli, median, runNode } from "./process.mjs";

const minimal = fileURLToPath(new URL("../examples/minimal.yaml", import.meta.url));
const rounds = 25;

/** Programs that do next to nothing against `node -e 0`, taken in turns. */
export async function measure(say) {
  const runs = { bare: ["-e", "0"], version: [cli, "version"], validate: [cli, "validate", "-f", minimal] };
  const times = { bare: [], version: [], validate: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, args] of Object.entries(runs)) times[name].push((await runNode(args)).ms);
  }
  const bare = median(times.bare);
  say(`node -e 0: ${bare.toFixed(0)} ms`);
  const row = (what, name, limit) => ({
    what: `${what} / node -e 0`,
    value: median(times[name]) / bare,
    limit,
    unit: "x",
    detail: `${median(times[name]).toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${rounds}`,
  });
  return [row("kuma-sync version", "version", 1.4), row("validate of one monitor", "validate", 3)];
}
