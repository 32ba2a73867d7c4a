import { lineAt } from "./lines.ts";
import { valueOrDots } from "./quote-text.ts";
import type { Slip, SyntaxSlip } from "./slip.ts";

const withEquals = /^(\s*(?:- +)*)([A-Za-z][\w-]*)( *= *)(\S.*)$/u;

/** `interval = 60`, on the line of the first error. */
export const equalsSigns: SyntaxSlip = ({ text, first }) => {
  if (first.code !== "MULTILINE_IMPLICIT_KEY" && first.code !== "MISSING_CHAR") return [];
  return equalsSignIn(text, first.pos[0]);
};

/** The slip on the line of `offset`. */
export function equalsSignIn(text: string, offset: number): readonly Slip[] {
  const line = lineAt(text, offset);
  const [, before = "", key = "", sign = "", value = ""] = withEquals.exec(line.text) ?? [];
  if (key === "") return [];
  const start = line.start + before.length + key.length;
  const edits = [{ start, end: start + sign.length, text: ": " }];
  return [
    {
      code: "KS1003",
      message: "YAML has a colon where this line has an equals sign",
      start: start + sign.indexOf("="),
      end: start + sign.indexOf("=") + 1,
      hint: `write ${key}: ${valueOrDots(key, value)}`,
      fix: { title: "write a colon", edits },
    },
  ];
}
