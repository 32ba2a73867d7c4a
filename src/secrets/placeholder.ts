/**
 * The text that stands for a secret that is not read. It fits wherever an expression may be in a text: in a part of a
 * URL, a host, a token, a header, JSON. The same expression always gives the same placeholder, so that equal values
 * stay equal and different ones different.
 */
import { createHash } from "node:crypto";

export const placeholderPattern = /placeholder[0-9a-f]{8}/gu;

/** `expression` is the text between the braces: `env:API_KEY`. */
export function placeholderFor(expression: string): string {
  return `placeholder${createHash("sha256").update(expression).digest("hex").slice(0, 8)}`;
}

export function holdsPlaceholder(text: string): boolean {
  return text.search(placeholderPattern) !== -1;
}
