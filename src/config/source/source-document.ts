/**
 * One parsed YAML file. Line starts and alias targets are worked out when somebody asks: a good file of 5,000 monitors
 * never does, and then pays for neither.
 */
import { isAlias, isCollection, isPair, isScalar, type Alias, type Node, type ParsedNode } from "yaml";
import type { SourceSpan } from "../../model/finding.ts";
import type { Interpolated } from "../values/interpolate.ts";
import type { ConfigFolder } from "./config-folder.ts";

export interface SourceDocument {
  /** As it is shown: relative to the working directory, or `<stdin>`. */
  readonly file: string;
  readonly text: string;
  readonly root: ParsedNode | undefined;
  /** Whose files `${file:…}`, `sample` and `tests` may name. */
  readonly folder: ConfigFolder;
  /** What became of the texts that hold expressions; filled while values are read. */
  readonly interpolated: Map<ParsedNode, Interpolated>;
  /** The node an alias stands for; undefined when its anchor is missing. */
  targetOf(alias: Alias): ParsedNode | undefined;
  /** Offsets count UTF-16 units; the end is exclusive. */
  spanAt(start: number, end: number): SourceSpan;
}

export function createSourceDocument(parts: {
  readonly file: string;
  readonly folder: ConfigFolder;
  readonly text: string;
  readonly root: ParsedNode | undefined;
}): SourceDocument {
  let targets: ReadonlyMap<Alias, ParsedNode> | undefined;
  let lines: readonly number[] | undefined;
  return {
    ...parts,
    interpolated: new Map(),
    targetOf(alias) {
      targets ??= aliasTargets(parts.root);
      return targets.get(alias);
    },
    spanAt(start, end) {
      lines ??= lineStarts(parts.text);
      return spanIn(parts.file, lines, start, end);
    },
  };
}

/** A span in a text that has no document, because it could not be parsed. */
export function spanInText(file: string, text: string, start: number, end: number): SourceSpan {
  return spanIn(file, lineStarts(text), start, end);
}

function spanIn(file: string, lines: readonly number[], start: number, end: number): SourceSpan {
  const from = positionAt(lines, start);
  const to = positionAt(lines, Math.max(start, end));
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function positionAt(starts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** In document order, because an anchor may be set again: an alias means the last one before it. */
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
