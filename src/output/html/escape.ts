/** Text in HTML: shown as it is, in an element or in a quoted attribute. */
import { clip } from "../../model/clip.ts";
import { inert } from "../inert.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const longestText = 1000;
const longestCode = 200;

/** Of text that is not inert yet; cut, because one of a megabyte would use up the page. */
export function html(text: string): string {
  return escapeHtml(clip(inert(text), longestText));
}

/** Of text that is inert already. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}

export function code(text: string): string {
  return `<code>${escapeHtml(clip(inert(text), longestCode))}</code>`;
}
