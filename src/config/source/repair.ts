/**
 * Repairs as edits of a file. A rule says what is to be done to a key or a value; this says which characters that are, in
 * the way the file is written: its quotes, flow or block.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  stringify,
  visit,
  type Pair,
  type ParsedNode,
  type YAMLMap,
} from "yaml";
import type { Fix, TextEdit } from "../../model/finding.ts";
import type { Json } from "../../model/json.ts";
import { flowYaml } from "../pasted/flow-yaml.ts";
import { partEdits } from "./part-edit.ts";
import { keyText, type YamlPlace } from "./positions.ts";
import type { SourceDocument } from "./source-document.ts";

/** What is to be done at a place. */
export type Repair =
  /** The key gets another name. */
  | { readonly type: "rename"; readonly to: string }
  /** The value becomes another one. */
  | { readonly type: "replace"; readonly value: Json }
  /** Both. */
  | { readonly type: "entry"; readonly key: string; readonly value: Json }
  /** A key with its value comes before the key, in the same mapping. */
  | { readonly type: "add"; readonly key: string; readonly value: string }
  /** The value stays as it is written, and becomes text. */
  | { readonly type: "quote" }
  /** A part of the value's text becomes another text; offsets as in EntityFinding. The title must not quote a secret. */
  | {
      readonly type: "part";
      readonly range: readonly [start: number, end: number];
      readonly text: string;
      readonly title: string;
    };

/**
 * To be spread into a finding: nothing without a repair, and nothing where the edit would change another value too or
 * where it is not sure how the source has to be edited.
 */
export function fixAt(place: YamlPlace, repair: Repair | undefined): { readonly fix?: Fix } {
  switch (repair?.type) {
    case "rename":
      return fixOf(`rename "${keyText(place.key) ?? ""}" to "${repair.to}"`, renaming(place, repair.to));
    case "replace": {
      const edit = replacing(place, repair.value);
      return fixOf(`write ${edit?.text ?? ""}`, edit);
    }
    case "entry": {
      const [key, value] = [renaming(place, repair.key), replacing(place, repair.value)];
      return fixOf(`write ${repair.key}: ${value?.text ?? ""}`, key, value);
    }
    case "add":
      return fixOf(`add ${repair.key}: ${repair.value}`, adding(place, repair));
    case "quote":
      return fixWith("put the value in quotes", quoting(place));
    case "part":
      return fixWith(repair.title, isUnshared(place) ? partEdits(place, repair, (value) => !isPlain(value)) : []);
    case undefined:
    default:
      return {};
  }
}

function fixWith(title: string, edits: readonly TextEdit[]): { readonly fix?: Fix } {
  return edits.length === 0 ? {} : { fix: { title, edits } };
}

/** Nothing as soon as one of its edits is missing. */
function fixOf(title: string, ...edits: readonly (TextEdit | undefined)[]): { readonly fix?: Fix } {
  const known = edits.filter((edit) => edit !== undefined);
  return known.length < edits.length ? {} : { fix: { title, edits: known } };
}

function renaming({ document, key }: YamlPlace, to: string): TextEdit | undefined {
  if (!isEditable(document, key) || hasKey(mapAround(document.root, key), to)) return undefined;
  return { at: document.spanAt(key.range[0], key.range[1]), text: written(to, key.type) };
}

function replacing({ document, node }: YamlPlace, value: Json): TextEdit | undefined {
  if (isEditable(document, node)) {
    const isScalarValue = typeof value !== "object";
    const text = isScalarValue ? written(value, node.type) : flowYaml(value);
    return { at: document.spanAt(node.range[0], node.range[1]), text };
  }
  const range = flowRange(document, node);
  return range === undefined ? undefined : { at: document.spanAt(...range), text: flowYaml(value) };
}

/** On a line of its own with the same indentation, or in front of the key in a flow. */
function adding({ document, key }: YamlPlace, add: Extract<Repair, { readonly type: "add" }>): TextEdit | undefined {
  if (!isEditable(document, key)) return undefined;
  const map = mapAround(document.root, key);
  if (map === undefined || hasKey(map, add.key)) return undefined;
  const [start] = key.range;
  const name = key.type === Scalar.QUOTE_DOUBLE ? JSON.stringify(add.key) : add.key;
  const entry = `${name}: ${written(add.value, key.type === Scalar.QUOTE_DOUBLE ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN)}`;
  const lineStart = document.text.lastIndexOf("\n", start - 1) + 1;
  const before = document.text.slice(lineStart, start);
  const isOnItsLine = /^\uFEFF?[\s-]*$/u.test(before);
  if (map.flow === true && !isOnItsLine) return { at: document.spanAt(start, start), text: `${entry}, ` };
  if (!isOnItsLine) return undefined;
  const isCrLf = document.text.charAt(document.text.indexOf("\n", start) - 1) === "\r";
  const comma = map.flow === true ? "," : "";
  const indent = before.replaceAll("-", " ").replace("\uFEFF", "");
  return { at: document.spanAt(start, start), text: `${entry}${comma}${isCrLf ? "\r\n" : "\n"}${indent}` };
}

/** Around the value, which may be a password and is not repeated. */
function quoting({ document, node }: YamlPlace): readonly TextEdit[] {
  if (!isEditable(document, node) || node.type !== Scalar.PLAIN || /["\\\n]/u.test(node.source ?? "\n")) return [];
  const [start, end] = node.range;
  return [start, end].map((at) => ({ at: document.spanAt(at, at), text: '"' }));
}

function isUnshared({ document, node }: YamlPlace): boolean {
  return (
    isScalar(node) &&
    node.anchor === undefined &&
    node.tag === undefined &&
    node.range != null &&
    !isRepeated(document, node.range[0])
  );
}

/** Of a collection in brackets and on one line, without anchors, aliases and variables in it. */
function flowRange(document: SourceDocument, node: ParsedNode | undefined): Range | undefined {
  if (!(isMap(node) || isSeq(node)) || node.flow !== true || node.anchor !== undefined || node.tag !== undefined) {
    return undefined;
  }
  const [start, end] = node.range;
  const text = document.text.slice(start, end);
  return /[\n&*#]|\$\{/u.test(text) || isRepeated(document, start) ? undefined : [start, end];
}

/** A scalar that is written in place, without a variable in it, and that no alias repeats somewhere else. */
function isEditable(document: SourceDocument, node: ParsedNode | undefined): node is Scalar.Parsed {
  return (
    isScalar(node) &&
    node.anchor === undefined &&
    node.tag === undefined &&
    node.type !== Scalar.BLOCK_LITERAL &&
    node.type !== Scalar.BLOCK_FOLDED &&
    !document.interpolated.has(node) &&
    !isRepeated(document, node.range[0])
  );
}

/** In one line, right in block and in flow: in the quotes that the scalar has, without where it has none and needs none. */
function written(value: string | number | boolean, type: Scalar.Type | undefined): string {
  if (typeof value !== "string") return String(value);
  if (type === Scalar.QUOTE_SINGLE) return `'${value.replaceAll("'", "''")}'`;
  return type === Scalar.QUOTE_DOUBLE || !isPlain(value) ? JSON.stringify(value) : value;
}

function isPlain(text: string): boolean {
  return /^\w[\w./-]*$/u.test(text) && stringify(text).trimEnd() === text;
}

type Range = readonly [start: number, end: number];

const repeated = new WeakMap<SourceDocument, readonly Range[]>();

/** Whether it lies in something with an anchor: an edit would change what the aliases stand for too. */
function isRepeated(document: SourceDocument, offset: number): boolean {
  const ranges = repeated.get(document) ?? anchoredRanges(document.root);
  repeated.set(document, ranges);
  return ranges.some(([start, end]) => start <= offset && offset < end);
}

function anchoredRanges(root: ParsedNode | undefined): readonly Range[] {
  const ranges: Range[] = [];
  const visitNode = (node: Scalar | YAMLMap): void => {
    if (node.anchor !== undefined && node.range != null) ranges.push([node.range[0], node.range[1]]);
  };
  if (root !== undefined) visit(root, { Value: (_key, node) => void (isAlias(node) || visitNode(node as YAMLMap)) });
  return ranges;
}

/** The mapping that has this node as a key. Searched by places, because there may be thousands of monitors in it. */
function mapAround(root: ParsedNode | undefined, key: ParsedNode): YAMLMap<ParsedNode, ParsedNode | null> | undefined {
  let node: ParsedNode | null | undefined = root;
  const [offset] = key.range;
  while (node != null) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair: Pair<ParsedNode, ParsedNode | null> | undefined = lastUpTo(
        node.items,
        offset,
        (item) => item.key.range[0],
      );
      if (pair?.key === key) return node;
      node = pair?.value;
    } else if (isSeq<ParsedNode>(node)) node = lastUpTo(node.items, offset, (item) => item.range[0]);
    else return undefined;
  }
  return undefined;
}

/** Of items in the order of the file, the last one that begins at `offset` or before. */
function lastUpTo<Item>(items: readonly Item[], offset: number, startOf: (item: Item) => number): Item | undefined {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(items[middle] as Item) <= offset) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function hasKey(map: YAMLMap<ParsedNode, ParsedNode | null> | undefined, name: string): boolean {
  return map === undefined || map.items.some((pair) => keyText(pair.key) === name);
}
