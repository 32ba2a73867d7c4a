/**
 * How fast queries are judged, on the build in dist: `node bench/query.mjs`. Ordinary evaluations in a warm process, the
 * discrimination test of 31 monitors on three releases, and the lint of 5,000 queries.
 */
import { readFileSync } from "node:fs";
import { experiment } from "../dist/query/experiment/experiment.js";
import { openLab } from "../dist/query/lab.js";
import { lintQuery } from "../dist/query/lint/lint-query.js";

const url = new URL("../test/vectors/experiment-table.json", import.meta.url);
const { clock, samples, monitors } = JSON.parse(readFileSync(url, "utf8"));
const servers = ["2.5.3", "2.0.0", "1.23.17"];
const lab = openLab();
const bodyOf = ({ sample }) => JSON.stringify(samples[sample]);

const cold = await time(() => lab.run([checkOf(monitors[0])]));
console.log(`first evaluation, with the start of the process: ${cold.toFixed(0)} ms`);

const checks = Array.from({ length: 1000 }, (_, index) => checkOf(monitors[index % 7]));
await lab.run(checks);
const warm = await time(() => lab.run(checks));
console.log(`1,000 evaluations in the warm process: ${warm.toFixed(0)} ms (${perSecond(1000, warm)} a second)`);

let evaluations = 0;
const all = await time(async () => {
  for (const monitor of monitors) {
    const report = await experiment(lab, { ...monitor, sample: { body: bodyOf(monitor) }, servers, clock });
    evaluations += report.evaluations;
  }
});
const cases = Math.round(evaluations / monitors.length / servers.length);
console.log(`${monitors.length} monitors x ${cases} cases x ${servers.length} releases: ${(all / 1000).toFixed(2)} s`);
lab.close();

const lint = await time(async () => {
  for (let index = 0; index < 5000; index++) {
    const { query, operator, expected, sample } = monitors[index % monitors.length];
    await lintQuery({ text: query, operator, expected, servers, sample: samples[sample] });
  }
});
console.log(`lint of 5,000 queries for ${servers.length} releases: ${lint.toFixed(0)} ms`);

function checkOf(monitor) {
  const { query, operator, expected } = monitor;
  return { query, operator, expected, server: "2.5.3", body: bodyOf(monitor) };
}

async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function perSecond(count, milliseconds) {
  return Math.round((count / milliseconds) * 1000).toLocaleString("en");
}
