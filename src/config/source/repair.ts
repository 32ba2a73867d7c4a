/**
 * Repairs as edits of a file. A rule says what is to be done to a key or a value; this says which characters that are, in
 * the way the file is written: its quotes, flow or block.
 */
import { isAlias, isMap, isScalar, isSeq, Scalar, stringify, visit, type ParsedNode, type YAMLMap } from "yaml";
import type { Fix } from "../../model/finding.ts";
import { keyText, type YamlPlace } from "./positions.ts";
import type { SourceDocument } from "./source-document.ts";

/** What is to be done at a place. */
export type Repair =
  /** The key gets another name. */
  | { readonly type: "rename"; readonly to: string }
  /** The value, which is a scalar, becomes another one. */
  | { readonly type: "replace"; readonly value: string | number | boolean };

/**
 * To be spread into a finding: nothing without a repair, and nothing where the edit would change another value too or
 * where it is not sure how the source has to be edited.
 */
export function fixAt(place: YamlPlace, repair: Repair | undefined): { readonly fix?: Fix } {
  const { document } = place;
  const node = repair?.type === "rename" ? place.key : place.node;
  if (repair === undefined || !isEditable(document, node)) return {};
  const [start, end] = node.range;
  const at = document.spanAt(start, end);
  if (repair.type === "replace") {
    const text = written(repair.value, node.type);
    return { fix: { title: `write ${text}`, edits: [{ at, text }] } };
  }
  if (hasKey(mapAround(document.root, node), repair.to)) return {};
  const title = `rename "${keyText(node)}" to "${repair.to}"`;
  return { fix: { title, edits: [{ at, text: written(repair.to, node.type) }] } };
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

/** The mapping that has this node as a key. */
function mapAround(root: ParsedNode | undefined, key: ParsedNode): YAMLMap<ParsedNode, ParsedNode | null> | undefined {
  let node: ParsedNode | null | undefined = root;
  const [offset] = key.range;
  const holds = (child: ParsedNode | null): child is ParsedNode =>
    child !== null && child.range[0] <= offset && offset < child.range[1];
  while (node != null) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      if (node.items.some((pair) => pair.key === key)) return node;
      node = node.items.map((pair) => pair.value).find(holds);
    } else node = isSeq<ParsedNode>(node) ? node.items.find(holds) : undefined;
  }
  return undefined;
}

function hasKey(map: YAMLMap<ParsedNode, ParsedNode | null> | undefined, name: string): boolean {
  return map === undefined || map.items.some((pair) => keyText(pair.key) === name);
}
