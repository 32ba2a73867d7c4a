/**
 * Builds HTML with a tagged template. Every value is made inert and escaped, in elements and in quoted attributes,
 * unless it is HTML that was made here. There is no other way to make HTML, so escaping cannot be forgotten.
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

/** Only created in this file. It is a class, so that no value of a document can be mistaken for it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Items of a list are joined; undefined and `false` are left out. */
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
 * A part of a text that was made inert as a whole. Only markup is escaped, because parts of inert text could change if
 * they were made inert again.
 */
export function partOfInert(text: string): Markup {
  return new Markup(escapeMarkup(text));
}

/** The page's own style and script, which contain no values. */
export function ownSource(text: string): Markup {
  return new Markup(text);
}

/** The parts that are not empty, each on its own line. */
export function lines(parts: readonly (Markup | undefined)[]): Markup {
  const shown = parts.flatMap((part) => (part === undefined || part.text === "" ? [] : [part.text]));
  return new Markup(shown.join("\n"));
}

/** A sentence that may quote a user or a server. It is cut, because one of a megabyte would fill the page. */
export function htmlProse(text: string): string {
  return clip(inert(text), longestProse);
}

export function code(text: string): Markup {
  return html`<code>${clip(inert(text), longestCode)}</code>`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}
