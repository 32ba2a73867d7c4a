import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manyMonitors } from "./many-monitors.mjs";
import { cli, median, runNode } from "./process.mjs";

/** `validate` of 5,000 monitors of four types with groups, tags and notifications. */
export async function measure(say) {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-bench-"));
  try {
    const file = join(folder, "monitors.yaml");
    await writeFile(file, manyMonitors(5000));
    const runs = [];
    for (let round = 0; round < 5; round += 1)
      runs.push(await runNode([cli, "validate", "-f", file], { memory: true }));
    const seconds = median(runs.map(({ ms }) => ms)) / 1000;
    const megabytes = Math.max(...runs.map((run) => run.megabytes));
    say(`${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
    return [
      { what: "validate 5,000 monitors, time", value: seconds, limit: 2, unit: " s", detail: "median of 5" },
      { what: "validate 5,000 monitors, memory", value: megabytes, limit: 300, unit: " MB", detail: "most of 5" },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
