import type { ResponseBody, Verdict } from "./check.ts";
import { keywordText } from "./verdict/decode-body.ts";

export interface KeywordCheck extends ResponseBody {
  /** Null stands for NULL in the database; it is found in a body that contains the word `null`. */
  readonly keyword: string | null;
  readonly isInverted: boolean;
}

/**
 * The verdict of a keyword monitor, the same in all releases (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export function keywordVerdict(check: KeywordCheck): Verdict {
  const text = keywordText(check.body);
  const isFound = text.includes(String(check.keyword));
  const line = check.statusLine ?? "200 - OK";
  if (isFound !== check.isInverted) {
    return { status: "up", message: `${line}, keyword ${isFound ? "is" : "not"} found`, cause: "match" };
  }
  const message = `${line}, but keyword is ${isFound ? "present" : "not"} in [${shorten(text)}]`;
  return { status: "down", message, cause: "mismatch" };
}

/**
 * At most 50 characters. Each tag, each line break, and each other run of white space (which may include line breaks)
 * becomes one space.
 */
function shorten(text: string): string {
  const plain = text.replaceAll(/[\n\r]|\s+|<[^>]*>?/g, " ").trim();
  return plain.length > 50 ? `${plain.slice(0, 47)}...` : plain;
}
