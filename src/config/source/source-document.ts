/** One parsed YAML file. Its aliases are resolved at the first use, because most files have none. */
import {
  isAlias,
  isCollection,
  isPair,
  isScalar,
  type Alias,
  type LineCounter,
  type Node,
  type ParsedNode,
} from "yaml";
import type { SourceSpan } from "../../model/source-span.ts";
import type { ConfigFolder } from "./config-folder.ts";

/** What takes the place of a scalar's text that has expressions. */
interface FilledText {
  readonly text: string;
  /** The part of the written text that `[start, end)` of the result comes from. */
  origin(start: number, end: number): readonly [start: number, end: number];
}

export interface SourceDocument {
  /** The name as shown: relative to the working directory, or `<stdin>`. */
  readonly file: string;
  readonly text: string;
  readonly root: ParsedNode | undefined;
  /** The folders of the files that `${file:…}`, `sample` and `tests` may name. */
  readonly folder: ConfigFolder;
  /** False for a file without `<<`, whose mappings have only the pairs written in them. */
  readonly hasMergeKeys: boolean;
  /** The results of interpolation, by node; filled while values are read. */
  readonly interpolated: Map<ParsedNode, FilledText>;
  /** The node that an alias stands for; undefined if its anchor is missing. */
  targetOf(alias: Alias): ParsedNode | undefined;
  /** Offsets count UTF-16 units; the end is exclusive. */
  spanAt(start: number, end: number): SourceSpan;
}

export function createSourceDocument(parts: {
  readonly file: string;
  readonly folder: ConfigFolder;
  readonly text: string;
  readonly lines: LineCounter;
  readonly root: ParsedNode | undefined;
}): SourceDocument {
  let targets: ReadonlyMap<Alias, ParsedNode> | undefined;
  const { lines, ...about } = parts;
  return {
    ...about,
    hasMergeKeys: parts.text.includes("<<"),
    interpolated: new Map(),
    targetOf(alias) {
      targets ??= aliasTargets(parts.root);
      return targets.get(alias);
    },
    spanAt: (start, end) => spanAt(parts.file, lines, start, end),
  };
}

/** Offsets count UTF-16 units; the end is exclusive. */
export function spanAt(file: string, lines: LineCounter, start: number, end: number): SourceSpan {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(start, end));
  return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
}

/** In document order, because an anchor may be defined again: an alias means the last one before it. */
function aliasTargets(root: ParsedNode | undefined): Map<Alias, ParsedNode> {
  const anchors = new Map<string, ParsedNode>();
  const targets = new Map<Alias, ParsedNode>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
      return;
    }
    if (isPair(node)) {
      visit(node.key);
      visit(node.value);
      return;
    }
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) {
      anchors.set(node.anchor, node as Node as ParsedNode);
    }
    if (isCollection(node)) for (const item of node.items) visit(item);
  };
  visit(root);
  return targets;
}
