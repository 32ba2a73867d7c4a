import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manyMonitors } from "./many-monitors.mjs";
import { cli, median, runNode } from "./process.mjs";

const count = 5000;
const rounds = 7;
const bareParse = fileURLToPath(new URL("bare-parse.mjs", import.meta.url));

/** Computing time of `validate` of 5,000 monitors of four types with groups, tags and notifications, and the bare parse of its file. */
export async function measure(say) {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-bench-"));
  try {
    const file = join(folder, "monitors.yaml");
    await writeFile(file, manyMonitors(count));
    const ours = [];
    const floor = [];
    for (let round = 0; round < rounds; round += 1) {
      floor.push((await runNode([bareParse, file])).cpuMs);
      ours.push(await runNode([cli, "validate", "-f", file]));
    }
    const [bare, validate] = [median(floor), median(ours.map(({ cpuMs }) => cpuMs))];
    const megabytes = Math.max(...ours.map((run) => run.megabytes));
    say(`${validate.toFixed(0)} ms, ${megabytes.toFixed(0)} MB; parsed in ${bare.toFixed(0)} ms`);
    return [
      {
        what: `validate ${count} monitors / parse of the file`,
        value: validate / bare,
        limit: 1.8,
        unit: "x",
        detail: `${validate.toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${rounds}`,
      },
      {
        what: `validate ${count} monitors, memory`,
        value: megabytes,
        limit: 300,
        unit: " MB",
        detail: `most of ${rounds}`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
