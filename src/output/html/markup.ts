/**
 * HTML that is put together by a tagged template: every value in it is made harmless and escaped, in an element as in a quoted
 * attribute, unless it is HTML made here itself. There is no other way to make HTML, so nothing can be forgotten.
 */
import { clip } from "../../model/clip.ts";
import { inert } from "../inert.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const longestProse = 1000;
const longestCode = 200;

/** Made only in this file; a class, so that no value of a document can pass for it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Lists are written one after the other; undefined and `false` are left out. */
export type MarkupValue = string | number | false | undefined | Markup | readonly MarkupValue[];

export function html(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(parts.map((part, index) => (index === 0 ? part : markupOf(values[index - 1]) + part)).join(""));
}

function markupOf(value: MarkupValue): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? escapeMarkup(inert(value)) : value.map(markupOf).join("");
}

/**
 * Part of a text that was made harmless as a whole: only markup is escaped, because harmless text that is cut into parts could
 * look harmful again.
 */
export function partOfInert(text: string): Markup {
  return new Markup(escapeMarkup(text));
}

/** The page's own style and script, which no value gets into. */
export function ownSource(text: string): Markup {
  return new Markup(text);
}

/** The parts that say anything, each on its own line. */
export function lines(parts: readonly (Markup | undefined)[]): Markup {
  const shown = parts.flatMap((part) => (part === undefined || part.text === "" ? [] : [part.text]));
  return new Markup(shown.join("\n"));
}

/** A sentence that may quote what a user or a server wrote; cut, because one of a megabyte would use up the page. */
export function htmlProse(text: string): string {
  return clip(inert(text), longestProse);
}

export function code(text: string): Markup {
  return html`<code>${clip(inert(text), longestCode)}</code>`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}
