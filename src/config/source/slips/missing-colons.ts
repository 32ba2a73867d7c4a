import { lineAt } from "./lines.ts";
import type { SyntaxSlip } from "./slip.ts";

/** A key alone on its line without a colon, such as `monitors`, with something below it. */
export const missingColons: SyntaxSlip = ({ text, first }) => {
  if (first.code !== "MULTILINE_IMPLICIT_KEY") return [];
  const line = lineAt(text, first.pos[0]);
  const [, before = "", key = ""] = /^(\s*(?:- +)*)([A-Za-z][\w.-]*)\s*(?:#.*)?$/u.exec(line.text) ?? [];
  if (key === "") return [];
  const end = line.start + before.length + key.length;
  return [
    {
      code: "KS1003",
      message: `a colon is missing after "${key.slice(0, 60)}"`,
      start: end - key.length,
      end,
      hint: `write ${key.slice(0, 60)}:`,
      fix: { title: "put a colon after it", edits: [{ start: end, end, text: ":" }] },
    },
  ];
};
