import { isTellingName, withoutApparentSecrets } from "../../../secrets/apparent-secrets.ts";
import { withoutUrlCredentials } from "../../../secrets/url-credentials.ts";
import { lineAt } from "./lines.ts";
import type { Slip } from "./slip.ts";

/** Puts double quotes around `[start, end)`. The edits only insert the quotes, so that they do not contain the value. */
export function quoteText(text: string, start: number, end: number): Pick<Slip, "hint" | "fix"> {
  const inner = text.slice(start, end);
  const hint = `quote it: ${shownText(text, start, inner)}`;
  if (/["\\\n]/u.test(inner)) return { hint };
  const edits = [
    { start, end: start, text: '"' },
    { start: end, end, text: '"' },
  ];
  return { hint, fix: { title: "quote it", edits } };
}

/** A text of the file in double quotes for a hint; `"…"` if it may be a secret. */
export function shownText(text: string, start: number, inner: string): string {
  return JSON.stringify(mayBeSecret(text, start, inner) ? "…" : inner);
}

/** Judges by the key before the text and by the text itself. */
function mayBeSecret(text: string, start: number, inner: string): boolean {
  const line = lineAt(text, start);
  const key = /([\w.-]+)["']?\s*[:=]\s*$/u.exec(line.text.slice(0, start - line.start))?.[1];
  if (key !== undefined && isTellingName(key)) return true;
  return withoutUrlCredentials(withoutApparentSecrets(inner)) !== inner;
}

/** The value of a key, shortened, or `…` if it may be a secret. */
export function valueOrDots(key: string, value: string): string {
  if (isTellingName(key) || withoutUrlCredentials(withoutApparentSecrets(value)) !== value) return "…";
  return value.length > 40 ? `${value.slice(0, 37)}...` : value;
}
