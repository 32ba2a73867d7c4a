import { lineAt } from "./lines.ts";
import { valueOrDots } from "./quote-text.ts";
import type { Slip, SyntaxSlip } from "./slip.ts";

/** `type:http`: YAML needs a blank after the colon. */
const withoutBlank = /^(\s*(?:- +)*)([A-Za-z][\w-]*):(?!\/\/)(\S.*)$/u;

/** The slip on the line of the first error. */
export const missingBlanks: SyntaxSlip = ({ text, first }) => {
  if (first.code !== "MULTILINE_IMPLICIT_KEY" && first.code !== "MISSING_CHAR") return [];
  const line = lineAt(text, first.pos[0]);
  const [, before = "", key = "", value = ""] = withoutBlank.exec(line.text) ?? [];
  return key === "" ? [] : [missingBlank(line.start + before.length, key, value)];
};

/** `key:value` at `start`. */
export function missingBlank(start: number, key: string, value: string): Slip {
  const colon = start + key.length;
  return {
    code: "KS1003",
    message: "a blank is missing after the colon",
    start: colon,
    end: colon + 1,
    hint: `write ${key}: ${valueOrDots(key, value)}`,
    fix: { title: "put a blank after the colon", edits: [{ start: colon + 1, end: colon + 1, text: " " }] },
  };
}
