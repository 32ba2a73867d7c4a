/** A file of another tool that was given as a configuration by mistake. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { FindingCode } from "../../../model/finding-codes.ts";
import { keyText } from "../positions.ts";

export interface ForeignFile {
  /** What the file is, with an article: `a Gatus configuration`. */
  readonly what: string;
  /** What to do instead; names a command only if one reads such files. */
  readonly hint: string;
  /** The offset of the text that identifies the tool. */
  readonly start: number;
  readonly end: number;
  readonly code?: FindingCode;
}

export interface OpenedText {
  /** The file's name as shown; some tools are recognised by it. */
  readonly file: string;
  readonly text: string;
  /** One for each document; none if the text does not parse. */
  readonly roots: readonly ParsedNode[];
}

/** Undefined if the file does not belong to the tool. */
export type Recogniser = (opened: OpenedText) => ForeignFile | undefined;

/** A key with its value and place. */
export interface ForeignEntry {
  readonly key: string;
  readonly value: ParsedNode | null;
  readonly start: number;
  readonly end: number;
}

/** The entries of a mapping; none for anything else. */
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

/** The items of a list; none for anything else. */
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

/** The offset of the first match of a pattern. */
export function patternPlace(text: string, pattern: RegExp): Pick<ForeignFile, "start" | "end"> | undefined {
  const found = pattern.exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].trimEnd().length };
}
