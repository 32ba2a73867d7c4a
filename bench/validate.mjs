import { fileURLToPath } from "node:url";
import { cli, median, runNode } from "./process.mjs";
import { withMonitors } from "./with-monitors.mjs";

const rounds = 7;
const bareParse = fileURLToPath(new URL("bare-parse.mjs", import.meta.url));

/** Computing time of `validate` of 5,000 monitors of four types with groups, tags and notifications, and the bare parse of its file. */
export function measure(say) {
  return withMonitors(5000, {}, async ({ count, file }) => {
    const ours = [];
    const floor = [];
    // Keeps what it compiled.
    await runNode([cli, "validate", "-f", file]);
    for (let round = 0; round < rounds; round += 1) {
      floor.push((await runNode([bareParse, file])).cpuMs);
      ours.push(await runNode([cli, "validate", "-f", file]));
    }
    const [bare, validate] = [median(floor), median(ours.map(({ cpuMs }) => cpuMs))];
    const megabytes = Math.max(...ours.map((run) => run.megabytes));
    say(`${validate.toFixed(0)} ms, ${megabytes.toFixed(0)} MB; parsed in ${bare.toFixed(0)} ms`);
    return [
      {
        what: `validate ${count} monitors / parse of the file, computing`,
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
  });
}
