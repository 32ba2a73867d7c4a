/** Writes a configuration as YAML: quoted where necessary, short values on one line, with comments. */
import { Document, type Pair, type Scalar, type YAMLMap } from "yaml";
import type { Json } from "../../model/json.ts";
import { tidy } from "./tidy.ts";

export interface YamlFile {
  /** The lines of the comment at the top; each may be indented. */
  readonly header: readonly string[];
  /** In order. There is no empty line between those before the first that `isApart`. */
  readonly sections: readonly YamlSection[];
  /** The lines of the comment at the end. */
  readonly footer: readonly string[];
}

/** A key at the top level. */
export interface YamlSection {
  readonly name: string;
  /** Whether an empty line comes before it. */
  readonly isApart: boolean;
  readonly content: { readonly value: Json } | YamlEntries;
  /** The lines of the comment above it. */
  readonly comment?: readonly string[];
}

/** Objects by key. */
export interface YamlEntries {
  readonly entries: readonly YamlEntry[];
  /** Comments after the last object. */
  readonly after: readonly Paragraph[];
}

export interface YamlEntry {
  readonly key: string;
  readonly value: Json;
  /** Comments above it. */
  readonly comments: readonly Paragraph[];
  /** Whether an empty line separates the comments from the key, because they are not about it. */
  readonly isCommentApart: boolean;
  /** Whether it is on one line, without an empty line before it. */
  readonly isShort: boolean;
}

/** The lines of a comment. */
export type Paragraph = readonly string[];

/** Long lines, such as queries, are not folded. */
const layout = {
  lineWidth: 0,
  blockQuote: "literal",
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

export function yamlFileText({ header, sections, footer }: YamlFile): string {
  const document = new Document({});
  if (header.length > 0) document.commentBefore = commentText(header);
  const root = document.contents as unknown as YAMLMap;
  for (const { name, isApart, content, comment = [] } of sections) {
    const key = document.createNode(name) as Scalar;
    if (isApart) key.spaceBefore = true;
    if (comment.length > 0) key.commentBefore = commentText(comment);
    const value = "value" in content ? content.value : entriesNode(content, document);
    root.add(document.createPair(key, value));
  }
  if (footer.length > 0) document.comment = commentText(footer);
  tidy(document);
  return harmless(document.toString(layout));
}

/** A single value, for a comment. */
export function yamlLines(value: Json): readonly string[] {
  const document = new Document(value);
  tidy(document);
  return document.toString(layout).trimEnd().split("\n");
}

function entriesNode({ entries, after }: YamlEntries, document: Document): YAMLMap {
  const section = document.createNode({}) as YAMLMap;
  for (const [index, { key, value, comments, isCommentApart, isShort }] of entries.entries()) {
    const pair = document.createPair(key, value) as Pair<Scalar, YAMLMap>;
    if (comments.length > 0) pair.key.commentBefore = paragraphsText(comments) + (isCommentApart ? "\n" : "");
    if (index > 0 && !isShort) pair.key.spaceBefore = true;
    if (isShort && pair.value !== null) pair.value.flow = true;
    section.add(pair);
  }
  if (after.length > 0) section.comment = paragraphsText(after);
  return section;
}

function paragraphsText(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(commentText).join("\n\n");
}

/** The library writes a single space as a bare `#`. */
function commentText(lines: Paragraph): string {
  return lines.map((line) => ` ${line.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, " ")}`).join("\n");
}

/**
 * People read the file in terminals, logs and reviews, so control characters and invisible ones are written as escapes:
 * in double quotes if that changes no value, or in a comment.
 */
function harmless(text: string): string {
  return text
    .replaceAll(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, (character) => {
      const hex = (character.codePointAt(0) ?? 0).toString(16);
      return hex.length > 4 ? String.raw`\U${hex.padStart(8, "0")}` : String.raw`\u${hex.padStart(4, "0")}`;
    })
    .replaceAll("##[", String.raw`#\x23[`);
}
