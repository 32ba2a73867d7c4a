/**
 * A text whose values from outside are not filled in: what `render` writes. Everything else in it is: variables, escapes,
 * and what aliases stand for.
 */
import type { ConfigFolder } from "../source/config-folder.ts";
import { parseTemplate, type SharedExpression } from "./template.ts";

/** An expression that stays as it is. `folder` is where the path of a file starts. */
export interface UnreadPart {
  readonly expression: SharedExpression;
  readonly folder: ConfigFolder;
}

/** Literal text, without escapes, or an expression. */
export type TextPart = string | UnreadPart;

/** What one piece of a written text contributes. */
export interface TextPiece {
  readonly parts: readonly TextPart[];
  /** The piece itself, where it is an expression: it may stay in place of `parts`. */
  readonly whole?: UnreadPart;
}

/**
 * The parts of a text. A dollar before an expression would turn it into a literal; only a variable can put one there, and
 * then its own expression stays.
 */
export function joinPieces(pieces: readonly TextPiece[]): readonly TextPart[] {
  const kept: (readonly TextPart[])[] = [];
  let next: TextPart | undefined;
  for (const { parts, whole } of pieces.toReversed()) {
    const last = parts.findLast((part) => part !== "");
    const wouldEscape = typeof next === "object" && typeof last === "string" && last.endsWith("$");
    const chosen = wouldEscape && whole !== undefined ? [whole] : parts;
    kept.push(chosen);
    next = chosen.find((part) => part !== "") ?? next;
  }
  return merged(kept.toReversed().flat());
}

function merged(parts: readonly TextPart[]): readonly TextPart[] {
  const all: TextPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

/** The parts with `|url` on each of them; undefined where that cannot be written, because one has it already. */
export function encodedParts(
  parts: readonly TextPart[],
  encode: (text: string) => string,
): readonly TextPart[] | undefined {
  if (parts.some((part) => typeof part !== "string" && part.expression.isForUrl === true)) return undefined;
  return parts.map((part) =>
    typeof part === "string" ? encode(part) : { ...part, expression: { ...part.expression, isForUrl: true } },
  );
}

/** A text as it is written in a file. `pathOf` gives the path of an expression's file as it is to be written. */
export function writtenText(
  parts: readonly TextPart[],
  pathOf: (path: string, folder: ConfigFolder) => string,
): string {
  if (parts.every((part) => typeof part === "string")) return literalText(parts.join(""));
  return parts.map((part) => (typeof part === "string" ? escaped(part) : expressionText(part, pathOf))).join("");
}

/** A text without expressions: escaped where it would be read as having some. */
export function literalText(text: string): string {
  const segments = parseTemplate(text);
  return segments.every((segment) => segment.type === "text" && segment.end - segment.start === segment.text.length)
    ? text
    : escaped(text);
}

function escaped(text: string): string {
  return text.replaceAll("${", () => "$${");
}

function expressionText(
  { expression, folder }: UnreadPart,
  pathOf: (path: string, folder: ConfigFolder) => string,
): string {
  const filter = expression.isForUrl === true ? "|url" : "";
  switch (expression.from) {
    case "env": {
      const fallback = expression.fallback === undefined ? "" : `:-${expression.fallback}`;
      return `\${env:${expression.name}${fallback}${filter}}`;
    }
    case "file":
      return `\${file:${pathOf(expression.path, folder)}${filter}}`;
    case "var":
      return `\${var:${expression.name}${filter}}`;
    default:
      return expression satisfies never;
  }
}
