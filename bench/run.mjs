#!/usr/bin/env node
/**
 * `npm run bench`: every number is a ratio against the floor, measured side by side in one run, because this machine and
 * yours differ and both are noisy. Exits 1 when a ratio is above its limit.
 *
 *   node bench/run.mjs [startup|validate|loops|query|plan|creates|big|apply]…      all of them without arguments
 */
import { prepare } from "../scripts/prepare.mjs";

await prepare();

const suites = {
  startup: () => import("./startup.mjs"),
  validate: () => import("./validate.mjs"),
  loops: () => import("./loops.mjs"),
  query: () => import("./query.mjs"),
  plan: () => import("./plan.mjs"),
  creates: () => import("./creates.mjs"),
  big: () => import("./big.mjs"),
  apply: () => import("./apply.mjs"),
};
const named = process.argv.slice(2);
const rows = [];
for (const [name, load] of Object.entries(suites)) {
  if (named.length > 0 && !named.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  const { measure } = await load();
  rows.push(...(await measure((text) => process.stderr.write(`  ${text}\n`))));
}

const width = Math.max(...rows.map(({ what }) => what.length));
for (const { what, value, limit, unit, detail } of rows) {
  const isGood = limit === undefined || value <= limit;
  const bound = limit === undefined ? "" : `(at most ${limit}${unit})`;
  const mark = limit === undefined ? "  " : isGood ? "ok" : "NO";
  process.stdout.write(`${mark}  ${what.padEnd(width)}  ${value.toFixed(2)}${unit} ${bound}  ${detail}\n`);
  if (!isGood) process.exitCode = 1;
}
