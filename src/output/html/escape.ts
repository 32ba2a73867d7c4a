/** Text in HTML: shown as it is, in an element or in a quoted attribute. */
import { inert } from "../inert.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Of text that is not inert yet. */
export function html(text: string): string {
  return escapeHtml(inert(text));
}

/** Of text that is inert already. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}

export function code(text: string): string {
  return `<code>${html(text)}</code>`;
}
