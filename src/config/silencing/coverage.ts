/** Finds the lines that an ignore comment is about: its own line, or the next one if the comment is alone on its line. */
import { isCollection, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { keyText } from "../source/positions.ts";
import type { SourceDocument } from "../source/source-document.ts";

export interface Coverage {
  /** `offset` is the start of the comment. */
  linesOf(offset: number): readonly [first: number, last: number];
}

/**
 * A comment also covers the whole value of the key on its line, because a query after `|` cannot contain comments. If the
 * value is a block of further keys it covers only the line, because each key can have its own comment. A service's block
 * is covered as a whole: the findings of its monitors can be anywhere in it.
 */
export function createCoverage(document: SourceDocument): Coverage {
  const lines = document.text.split("\n");
  const lastLines = new Map<number, number>();
  const lineAt = (offset: number): number => document.spanAt(offset, offset).line;
  const extend = (from: number, to: number): void => {
    const line = lineAt(from);
    lastLines.set(line, Math.max(lastLines.get(line) ?? line, lineAt(Math.max(from, to - 1))));
  };
  const visit = (node: ParsedNode | null | undefined, path: readonly string[]): void => {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      for (const { key, value } of node.items) {
        const below = [...path, keyText(key) ?? ""];
        const isService = below.length === 2 && (below[0] === "services" || below[0] === "openWebUI");
        if (value !== null && (isService || !holdsBlock(value))) extend(key.range[0], value.range[1]);
        visit(value, below);
      }
    } else if (isSeq<ParsedNode>(node)) {
      for (const item of node.items) {
        if (isScalar(item)) extend(item.range[0], item.range[1]);
        visit(item, path);
      }
    }
  };
  visit(document.root, []);
  return {
    linesOf(offset) {
      const own = lineAt(offset);
      const before = lines[own - 1]?.slice(0, document.spanAt(offset, offset).column - 1) ?? "";
      const first = before.trim() === "" ? nextLine(lines, own) : own;
      return [first, lastLines.get(first) ?? first];
    },
  };
}

/** Whether it contains a mapping with keys on their own lines. */
function holdsBlock(node: ParsedNode): boolean {
  if (!isCollection(node)) return false;
  if (isMap(node) && node.flow !== true) return true;
  return isSeq<ParsedNode>(node) && node.items.some(holdsBlock);
}

/** The first line below that is neither empty nor a comment; at the end of the file the line itself. */
function nextLine(lines: readonly string[], line: number): number {
  const next = lines.findIndex((text, index) => index >= line && /^[^\S\n]*[^#\s]/u.test(text));
  return next === -1 ? line : next + 1;
}
