import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { median } from "./process.mjs";
import { importSources } from "../scripts/source-modules.mjs";

const servers = ["2.5.3", "2.0.2", "1.23.17"];

/** Queries judged in a warm process, the experiment of 31 monitors on three releases, and the lint of 5,000 queries. */
export async function measure(say) {
  const [{ openLab }, { experiment }, { lintQuery }] = await importSources(
    "src/query/lab.ts",
    "src/query/experiment/experiment.ts",
    "src/query/lint/lint-query.ts",
  );
  const url = new URL("../test/vectors/experiment-table.json", import.meta.url);
  const { clock, samples, monitors } = JSON.parse(readFileSync(url, "utf8"));
  const bodyOf = ({ sample }) => JSON.stringify(samples[sample]);
  const checkOf = ({ query, operator, expected, ...monitor }) => ({
    query,
    operator,
    expected,
    server: servers[0],
    body: bodyOf(monitor),
  });

  const lab = openLab({ entry: fileURLToPath(new URL("../dist/evaluation/child.js", import.meta.url)) });
  try {
    const checks = Array.from({ length: 1000 }, (_, index) => checkOf(monitors[index % 7]));
    // The process starts with the first.
    const cold = await secondsOf(() => lab.run(checks));
    say(`1,000 evaluations, with the start of the process: ${cold.toFixed(2)} s`);
    const warm = [];
    for (let round = 0; round < 5; round += 1) warm.push(await secondsOf(() => lab.run(checks)));

    let evaluations = 0;
    const all = await secondsOf(async () => {
      for (const monitor of monitors) {
        const report = await experiment(lab, { ...monitor, sample: { body: bodyOf(monitor) }, servers, clock });
        evaluations += report.evaluations;
      }
    });
    const cases = Math.round(evaluations / monitors.length / servers.length);
    const lint = await secondsOf(async () => {
      for (let index = 0; index < 5000; index += 1) {
        const { query, operator, expected, sample } = monitors[index % monitors.length];
        await lintQuery({ text: query, operator, expected, servers, sample: samples[sample] });
      }
    });
    return [
      { what: "1,000 queries judged, warm", value: median(warm), limit: 1, unit: " s", detail: "median of 5" },
      {
        what: `experiment of ${monitors.length} monitors, ${servers.length} releases`,
        value: all,
        limit: 5,
        unit: " s",
        detail: `${cases} cases each`,
      },
      { what: "lint of 5,000 queries", value: lint, unit: " s", detail: `for ${servers.length} releases` },
    ];
  } finally {
    lab.close();
  }
}

async function secondsOf(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
