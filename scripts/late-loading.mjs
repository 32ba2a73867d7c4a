/**
 * What a run loads only when it first uses it: features, each in a chunk of its own, and modules of Node that take long to
 * load (decision 24). The sources import them like everything else; only the built program differs.
 */

import { RolldownMagicString } from "rolldown";

/**
 * The features by the name of their chunk, with the paths of their modules: what few configurations ask for, or only those
 * with a mistake. What every run calls stays out of them. A module belongs to the first feature that has it.
 * @type {Readonly<Record<string, readonly RegExp[]>>}
 */
const features = {
  // Each service is a feature of its own.
  service: [/^src\/services\/([^/]+)\/(?:block|facts|rules|samples|service\.ts)/u],
  query: [/^src\/query\//u],
  loops: [/^src\/config\/expand\/(?:expand-loop|read-rows|row-items)\.ts$/u],
  csv: [/^src\/config\/expand\/parse-csv\.ts$/u, /^node_modules\/csv-parse\//u],
  pasted: [/^src\/config\/pasted\//u],
  foreign: [/^src\/config\/source\/foreign\/(?!(?:foreign-files?|template-text)\.ts)/u],
  slips: [
    /^src\/config\/source\/slips\/(?!(?:value-slips|slip|lines|plain-scalars|invisible-characters|smart-quotes)\.ts)/u,
  ],
  hidden: [/^src\/config\/source\/hidden\//u],
  json: [/^src\/config\/source\/json-problem\.ts$/u, /^node_modules\/jsonc-parser\//u],
  problems: [
    /^src\/config\/sections\/(?:schema-problems|closest-choice|value-words)\.ts$/u,
    /^src\/config\/source\/(?:repair|part-edit)\.ts$/u,
  ],
  "yaml-text": [
    /^node_modules\/yaml\/browser\/dist\/stringify\/(?:foldFlowLines|stringify(?:|Collection|Document|Pair))\.js$/u,
  ],
  words: [/^src\/output\/(?:layout\/|words\/(?!(?:counts|kind-count)\.ts))/u],
};

/** A run without a server, a question or a child process needs none of these. */
const nodeModules = [
  "child_process",
  "crypto",
  "fs/promises",
  "os",
  "readline",
  "stream/consumers",
  "timers/promises",
  "tty",
  "v8",
];

/**
 * The name of a late module's chunk; null for all others.
 * @param {string} path From the project's folder.
 */
export function featureOf(path) {
  for (const [name, patterns] of Object.entries(features)) {
    for (const pattern of patterns) {
      const found = pattern.exec(path);
      if (found !== null) return [name, ...found.slice(1)].join("-");
    }
  }
  return null;
}

/** Where a chunk imports something late, it gets a function that loads it, and each use calls the function. */
export const lateLoading = {
  name: "late-loading",
  /** @param {string} code */
  renderChunk(code) {
    const imports = [...code.matchAll(/^(?:let|const) (\w+) = require\("([^"]+)"\);$/gmu)].filter(([, , id = ""]) =>
      isLate(id),
    );
    if (imports.length === 0) return null;
    const changed = new RolldownMagicString(code);
    for (const { 0: statement, 1: name, 2: id, index } of imports) {
      const load = `let ${name}_loaded; const ${name} = () => ${name}_loaded ??= require("${id}");`;
      changed.overwrite(index, index + statement.length, load);
    }
    const names = imports.map(([, name]) => name).join("|");
    for (const { 0: use, 1: name = "", index } of code.matchAll(
      new RegExp(`(?<!^(?:let|const) )\\b(${names})\\b\\.?`, "gmu"),
    )) {
      if (!use.endsWith(".")) throw new Error(`cannot be loaded late: ${code.slice(index - 40, index + 80)}`);
      changed.overwrite(index, index + name.length, `${name}()`);
    }
    return { code: changed.toString(), map: JSON.parse(changed.generateMap({ hires: "boundary" }).toString()) };
  },
};

/** @param {string} id As a chunk imports it. */
function isLate(id) {
  const [, chunk] = /^\.\/(.+)\.js$/u.exec(id) ?? [];
  if (chunk === undefined) return nodeModules.some((name) => id === `node:${name}`);
  return Object.keys(features).some((name) => chunk === name || chunk.startsWith(`${name}-`));
}
