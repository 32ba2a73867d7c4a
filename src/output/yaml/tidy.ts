/** Chooses between the forms that YAML allows: which values are on one line, and which texts are quoted. */
import { isMap, isScalar, isSeq, visit, type Document, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";

/** Characters. A longer list or mapping has one line for each item. */
const longestFlow = 80;

/** Mappings and lists of scalars are on one line if they fit; texts that block scalars would change are quoted. */
export function tidy(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      // A block scalar would change other line breaks than `\n`, and may not keep those at its end.
      if (typeof node.value === "string" && needsQuotes(node.value)) node.type = "QUOTE_DOUBLE";
    },
    Seq(_key, node) {
      if (isShort(node)) node.flow = true;
    },
    Pair(_key, { key, value }) {
      const isOneLine = isScalar(key) && (key.value === "adopt" || key.value === "parent");
      if (isOneLine && isMap(value)) value.flow = true;
      if (isScalar(key) && key.value === "each") layOutRows(value);
    },
  });
  visit(document, {
    Seq(_key, node) {
      // A list on several lines: each short mapping in it stays on one line.
      if (node.flow !== true) for (const item of node.items) if (isMap(item) && isShort(item)) item.flow = true;
      pad(node, "");
    },
    Map(_key, node) {
      pad(node, " ");
    },
  });
}

/** The rows of a loop are a table: one line for each mapping, and as many single values on a line as fit. */
function layOutRows(rows: unknown): void {
  if (isMap(rows)) {
    for (const { value } of rows.items) {
      if (isMap(value) && isShort(value)) value.flow = true;
      if (isSeq(value)) layOutRows(value);
    }
  }
  if (!isSeq(rows) || !rows.items.every(isWord)) return;
  rows.flow = true;
  const write = rows.toString.bind(rows);
  rows.toString = (context, ...rest) => wrapped(write(context, ...rest), context?.indent ?? "");
}

function isWord(node: unknown): boolean {
  return isScalar(node) && !/[^\p{L}\p{N}._-]/u.test(String(node.value));
}

/** A list of words on several lines, if it is too long for one. */
function wrapped(list: string, indent: string): string {
  if (list.length <= longestFlow) return list;
  const lines: string[] = [];
  for (const item of list.slice(1, -1).split(/(?<=,) /u)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + item.length >= longestFlow) lines.push(item);
    else lines[lines.length - 1] = `${last} ${item}`;
  }
  return `[\n${lines.map((line) => `${indent}  ${line}\n`).join("")}${indent}]`;
}

/** Removes the blanks within brackets, as formatters do; the library has only one rule for brackets and braces. */
function pad(node: YAMLMap | YAMLSeq, flowCollectionPadding: "" | " "): void {
  const write = node.toString.bind(node);
  node.toString = (context, ...rest) =>
    write(context === undefined ? undefined : { ...context, flowCollectionPadding }, ...rest);
}

function isShort(node: YAMLMap | ParsedNode | { readonly items: readonly unknown[] }): boolean {
  const text = JSON.stringify(node);
  return text.length <= longestFlow && !text.includes(String.raw`\n`) && depthOf(node) <= 2;
}

function depthOf(node: unknown): number {
  if (isSeq(node)) return 1 + Math.max(0, ...node.items.map(depthOf));
  if (isMap(node)) return 1 + Math.max(0, ...node.items.map(({ value }) => depthOf(value)));
  return 0;
}

/** Texts that readers of YAML 1.1 take for a boolean or a number in base 60. */
const olderWords = /^(?:y|n|yes|no|on|off|\d+(?::[0-5]?\d)+)$/iu;

/**
 * True also for a line that a workflow runner would take for a command, and for texts of several lines that begin or end
 * with blanks: a block scalar would read the blanks as indentation and lose them.
 */
function needsQuotes(text: string): boolean {
  if (olderWords.test(text)) return true;
  if (text.includes("\n") && /^\s|[ \t]\n?$/u.test(text)) return true;
  return /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]|##\[|^\s*::/mu.test(text);
}
