/**
 * Converts YAML nodes to JSON values and interpolates them. The parser's own `toJS` does not report which places hold
 * secrets or could not be read, nor the places of duplicate keys and alias bombs.
 */
import { isAlias, isMap, isScalar, isSeq, type Alias, type ParsedNode, type Scalar } from "yaml";
import type { Finding } from "../../model/finding.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { pointerTo, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import type { Interpolated } from "./interpolate.ts";
import type { KnownValue, Origin, Provenance } from "./provenance.ts";
import { isMergeKey, mergedPairs, type ParsedMap, type ParsedPair } from "../source/merge-keys.ts";
import { keyText, spanOf, spanWithin, type YamlPlace } from "../source/positions.ts";
import type { LoopRow, RowValue } from "./loop-row.ts";
import type { SourceDocument } from "../source/source-document.ts";

/** How much expansion may still add in all; this stops a "billion laughs" file. */
export interface Budget {
  /** Values added by aliases. */
  nodes: number;
  /** Characters added by `${…}`. */
  characters: number;
}

export interface ReadContext {
  readonly document: SourceDocument;
  interpolate(text: string): Interpolated;
  report(finding: Finding): void;
  /** False if values from outside are placeholders. */
  readonly areSecretsReal: boolean;
  /** The row of the loop that is read for; absent outside of loops. */
  readonly row?: LoopRow;
  /** Called for each environment variable that is not set, if that is not an error. */
  onAbsent(name: string, at: () => SourceSpan): void;
  readonly budget: Budget;
}

/** A value and its provenance; pointers are relative to the value. */
export interface ReadValue {
  readonly value: Json;
  readonly provenance: Provenance;
}

export interface ReadObject extends ReadValue {
  readonly value: JsonObject;
}

/** Far more than 5,000 monitors need that share one anchor or one certificate. */
export function freshBudget(): Budget {
  return { nodes: 500_000, characters: 100_000_000 };
}

interface Reading extends ReadContext {
  readonly path: string[];
  readonly provenance: Map<JsonPointer, KnownValue>;
  /** The nodes that contain the current one: an alias to one of them would be endless. */
  readonly open: Set<Alias | ParsedMap>;
  /** How many aliases and merge keys contain the current value. */
  inherited: number;
  /** The value that was just read is to be left out of its mapping or list. */
  isLeftOut: boolean;
}

/** With an `origin`, the value is an object of its own, and the origin is the first entry of its provenance. */
export function readValue(place: YamlPlace, context: ReadContext, origin?: Origin): ReadValue {
  const provenance = new Map<JsonPointer, KnownValue>();
  if (origin !== undefined) {
    provenance.set("", context.row === undefined ? { origin } : { origin, loopRow: context.row.place });
  }
  const reading: Reading = { ...context, path: [], provenance, open: new Set(), inherited: 0, isLeftOut: false };
  const value = readNode(reading, place.node);
  return { value, provenance };
}

function readNode(reading: Reading, node: ParsedNode | null | undefined): Json {
  if (node == null) return null;
  if (reading.inherited > 0) reading.budget.nodes -= 1;
  if (isScalar(node)) return readScalar(reading, node);
  if (isMap<ParsedNode, ParsedNode | null>(node)) return readMap(reading, node);
  if (isSeq<ParsedNode>(node)) {
    const items: Json[] = [];
    for (const item of node.items) {
      reading.path.push(String(items.length));
      const value = readNode(reading, item);
      reading.path.pop();
      if (!isLeftOut(reading)) items.push(value);
    }
    return items;
  }
  return isAlias(node) ? readAlias(reading, node) : null;
}

/** Asked once after each value of a mapping or list. */
function isLeftOut(reading: Reading): boolean {
  const { isLeftOut: isSo } = reading;
  reading.isLeftOut = false;
  return isSo;
}

function readScalar(reading: Reading, node: Scalar.Parsed): Json {
  const { value } = node;
  if (typeof value === "string") return value.includes("${") ? readTemplate(reading, node, value) : value;
  if (typeof value === "boolean" || value === null) return value;
  // Infinity and NaN are not JSON; a finding shows the written text.
  return typeof value === "number" && Number.isFinite(value) ? value : node.source;
}

function readTemplate(reading: Reading, node: Scalar.Parsed, text: string): Json {
  const { document, budget } = reading;
  const pointer = pointerTo(...reading.path);
  if (budget.characters <= 0) {
    reading.provenance.set(pointer, { isBroken: true });
    return text;
  }
  const result = reading.interpolate(text);
  budget.characters -= result.text.length;
  if (budget.characters <= 0) {
    const message = "variables expand to far too much text";
    reading.report({ code: "KS1205", severity: "error", message, at: spanOf({ document, node }, "value") });
    reading.provenance.set(pointer, { isBroken: true });
    return text;
  }
  // The places in a row's value are those of the row.
  if (result.row === undefined) document.interpolated.set(node, result);
  for (const { start, end, ...problem } of result.problems) {
    reading.report({ severity: "error", ...problem, at: spanWithin({ document, node }, start, end) });
  }
  for (const { name, start, end } of result.absent) {
    reading.onAbsent(name, () => spanWithin({ document, node }, start, end));
  }
  if (result.isLeftOut === true) {
    reading.isLeftOut = true;
    return null;
  }
  if (result.row !== undefined && result.isComplete) return readRowValue(reading, pointer, result.row);
  // Most texts of a loop are nothing but text, once they are filled in.
  const isPlain = !result.isSecret && !result.isWhole && result.isComplete;
  if (isPlain) return result.text;
  reading.provenance.set(pointer, {
    ...(result.isSecret ? { isSecret: true } : {}),
    ...(result.isSecret && !reading.areSecretsReal ? { placeholder: "usual" } : {}),
    ...(result.isWhole ? { isWhole: true } : {}),
    ...(result.parts === undefined ? {} : { parts: result.parts }),
    ...(result.whole === undefined ? {} : { whole: result.whole }),
    ...(result.isComplete ? {} : { isBroken: true }),
  });
  return result.text;
}

/** The value of a row in place of the text, with what is known about it. */
function readRowValue({ provenance }: Reading, pointer: JsonPointer, row: RowValue): Json {
  for (const [at, known] of row.provenance) provenance.set(pointer + at, known);
  const own = row.provenance.get("");
  provenance.set(pointer, { ...own, ...(row.isPlainText === true ? { isWhole: true } : {}), rowPlace: row.place });
  return row.value;
}

function readMap(reading: Reading, node: ParsedMap): Json {
  const { pairs, inherited, problems } = mergedPairs(reading.document, node);
  if (problems.length > 0) return brokenMap(reading, problems);
  if (inherited.size > 0) {
    const endless = { code: "KS1751", message: "a merge key takes over the mapping that it is part of" } as const;
    if (!canExpand(reading, node, endless)) return broken(reading);
    reading.open.add(node);
  }
  const object: Record<string, Json> = {};
  for (const pair of pairs) {
    const name = usableKey(reading, { document: reading.document, key: pair.key }, pairs, object);
    if (name === undefined) continue;
    const isInherited = inherited.has(pair);
    if (isInherited) reading.inherited += 1;
    reading.path.push(name);
    const value = readNode(reading, pair.value);
    reading.path.pop();
    if (!isLeftOut(reading)) object[name] = value;
    if (isInherited) reading.inherited -= 1;
  }
  reading.open.delete(node);
  return object;
}

/** No other finding about the value is reported, because it might be due to what could not be merged. */
function brokenMap(reading: Reading, problems: readonly Finding[]): null {
  problems.forEach((problem) => reading.report(problem));
  return broken(reading);
}

function broken(reading: Reading): null {
  const pointer = pointerTo(...reading.path);
  reading.provenance.set(pointer, { ...reading.provenance.get(pointer), isBroken: true });
  return null;
}

/** The key as text; undefined, with a finding, if it cannot be a key. */
function usableKey(
  reading: Pick<Reading, "document" | "report">,
  place: YamlPlace,
  pairs: readonly ParsedPair[],
  taken: object,
): string | undefined {
  const name = keyText(place.key);
  const problem = keyProblem(name, taken);
  if (problem === undefined) return name;
  const first = problem.code === "KS1005" ? pairs.find(({ key }) => keyText(key) === name) : undefined;
  const related =
    first === undefined
      ? {}
      : { related: { message: "first here", at: spanOf({ document: reading.document, key: first.key }, "key") } };
  reading.report({ ...problem, severity: "error", at: spanOf(place, "key"), ...related });
  return undefined;
}

function keyProblem(name: string | undefined, taken: object): Pick<Finding, "code" | "message" | "hint"> | undefined {
  if (name === undefined) return { code: "KS1202", message: "a key must be text" };
  // Assigning it would change the object's prototype.
  if (name === "__proto__") return { code: "KS1201", message: 'unknown key "__proto__"' };
  // Without quotes it is a merge key, which does not come here.
  if (name === "<<") return { code: "KS1201", message: 'unknown key "<<"', hint: "without quotes it is a merge key" };
  if (!Object.hasOwn(taken, name)) return undefined;
  const hint = name.includes("${each:") ? { hint: anotherLoopKey } : {};
  return { code: "KS1005", message: `key "${name}" is written twice`, ...hint };
}

/** The keys of loops are often nothing but the key of the row. */
const anotherLoopKey =
  "each loop needs a key of its own: put a word before it, or name the list, as in each: { site: [a, b] } with ${each:site}";

/** The places of a mapping's pairs, by key. Keys that are repeated or cannot be used are reported and left out. */
export function readEntries(place: YamlPlace, report: (finding: Finding) => void): ReadonlyMap<string, YamlPlace> {
  const { document, node } = place;
  const entries = new Map<string, YamlPlace>();
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return entries;
  const { pairs, problems } = mergedPairs(document, node);
  problems.forEach((problem) => report(problem));
  const taken: Record<string, true> = {};
  for (const { key, value } of pairs) {
    const name = usableKey({ document, report }, { document, key }, pairs, taken);
    if (name === undefined) continue;
    taken[name] = true;
    entries.set(name, { document, key, ...(value === null ? {} : { node: value }) });
  }
  return entries;
}

function readAlias(reading: Reading, alias: Alias.Parsed): Json {
  const target = reading.document.targetOf(alias);
  if (target === undefined) {
    const hint = "quote a text that starts with *";
    refuse(reading, alias, { code: "KS1009", message: `alias "*${alias.source}" has no anchor`, hint });
    return broken(reading);
  }
  const code = "KS1009";
  if (!canExpand(reading, alias, { code, message: `alias "*${alias.source}" contains itself` })) return broken(reading);
  reading.open.add(alias);
  reading.inherited += 1;
  const value = readNode(reading, target);
  reading.inherited -= 1;
  reading.open.delete(alias);
  return value;
}

type Refusal = Pick<Finding, "code" | "message" | "hint">;

/** Whether the node may be expanded; if not, reports why, with `endless` for a value that contains itself. */
function canExpand(reading: Reading, node: Alias.Parsed | ParsedMap, endless: Refusal): boolean {
  const { budget, open } = reading;
  if (open.has(node)) refuse(reading, node, endless);
  else if (budget.nodes > 0) return true;
  // Reported only once, because everything after it is refused for the same reason.
  else if (budget.nodes !== Number.NEGATIVE_INFINITY) {
    budget.nodes = Number.NEGATIVE_INFINITY;
    refuse(reading, node, { code: "KS1009", message: "aliases expand to far too many values" });
  }
  return false;
}

/** Reports a refusal at the alias, or at the merge key of a mapping. */
function refuse(reading: Reading, node: Alias.Parsed | ParsedMap, refusal: Refusal): void {
  const key = isMap<ParsedNode>(node) ? node.items.find((pair) => isMergeKey(pair.key))?.key : undefined;
  const at = spanOf({ document: reading.document, node: key ?? node }, "value");
  reading.report({ severity: "error", ...refusal, at });
}
