/**
 * What stands for a secret that is not read. A placeholder fits wherever an expression may stand in a text: a part of a URL, a
 * host, a token, a header, a text in JSON. It is the same for the same expression, so that equal values stay equal and
 * different ones stay different.
 */
import { createHash } from "node:crypto";

export const placeholderPattern = /placeholder[0-9a-f]{8}/gu;

/** `expression` is what stands between the braces: `env:API_KEY`. */
export function placeholderFor(expression: string): string {
  return `placeholder${createHash("sha256").update(expression).digest("hex").slice(0, 8)}`;
}

export function holdsPlaceholder(text: string): boolean {
  return text.search(placeholderPattern) !== -1;
}
