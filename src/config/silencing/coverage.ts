/** Which lines an ignore comment is about: the line it stands on, or else the next one that holds something. */
import { isCollection, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { keyText } from "../source/positions.ts";
import type { SourceDocument } from "../source/source-document.ts";

export interface Coverage {
  /** `offset` is where the comment begins. */
  linesOf(offset: number): readonly [first: number, last: number];
}

/**
 * With a line goes the value of the key that begins on it, however many lines that has, unless it is a block of further
 * keys: a comment cannot stand inside a query under `|`, but it can stand at each key. A block of a service is one thing:
 * its monitors are made from it, and their findings stand somewhere in it.
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
        const isService = below.length === 2 && below[0] === "openWebUI";
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

/** Whether a mapping in it has its keys on lines of their own. */
function holdsBlock(node: ParsedNode): boolean {
  if (!isCollection(node)) return false;
  if (isMap(node) && node.flow !== true) return true;
  return isSeq<ParsedNode>(node) && node.items.some(holdsBlock);
}

/** The first one below that is neither empty nor a comment; the line itself at the end of the file. */
function nextLine(lines: readonly string[], line: number): number {
  const next = lines.findIndex((text, index) => index >= line && /^[^\S\n]*[^#\s]/u.test(text));
  return next === -1 ? line : next + 1;
}
