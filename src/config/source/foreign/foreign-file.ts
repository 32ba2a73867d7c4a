/** A file that is not a configuration but something of another tool, given as one by mistake. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { FindingCode } from "../../../model/finding-codes.ts";
import { keyText } from "../positions.ts";

/** What the file is, with its article: `a Gatus configuration`. */
export interface ForeignFile {
  readonly what: string;
  /** What to do instead: a command only where one reads such files. */
  readonly hint: string;
  /** Offset of what tells it. */
  readonly start: number;
  readonly end: number;
  readonly code?: FindingCode;
}

export interface OpenedText {
  /** As it is shown; a tool may be known by the name of its files. */
  readonly file: string;
  readonly text: string;
  /** One for each document; none when the text does not parse. */
  readonly roots: readonly ParsedNode[];
}

/** Undefined when the file is not of the tool. */
export type Recogniser = (opened: OpenedText) => ForeignFile | undefined;

/** A key with its value and its place. */
export interface ForeignEntry {
  readonly key: string;
  readonly value: ParsedNode | null;
  readonly start: number;
  readonly end: number;
}

/** The entries of a mapping; none of anything else. */
export function entriesOfNode(node: ParsedNode | null | undefined): ReadonlyMap<string, ForeignEntry> {
  if (node == null || isAlias(node) || !isMap<ParsedNode, ParsedNode | null>(node)) return new Map();
  return new Map(
    node.items.flatMap((pair) => {
      const key = keyText(pair.key);
      const [start, end] = pair.key.range;
      return key === undefined ? [] : [[key, { key, value: pair.value, start, end }] as const];
    }),
  );
}

/** The items of a list; none of anything else. */
export function itemsOfNode(node: ParsedNode | null | undefined): readonly ParsedNode[] {
  return node != null && isSeq<ParsedNode>(node) ? node.items : [];
}

/** The text of a scalar; undefined for anything else. */
export function textOfNode(node: ParsedNode | null | undefined): string | undefined {
  return node != null && isScalar(node) ? String(node.value) : undefined;
}

/** The first entry of `names` that the mapping has. */
export function firstOf(
  entries: ReadonlyMap<string, ForeignEntry>,
  names: readonly string[],
): ForeignEntry | undefined {
  for (const name of names) {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Where a pattern begins in the text. */
export function patternPlace(text: string, pattern: RegExp): Pick<ForeignFile, "start" | "end"> | undefined {
  const found = pattern.exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].trimEnd().length };
}
