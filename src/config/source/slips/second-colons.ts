import { lineAt } from "./lines.ts";
import { quoteText } from "./quote-text.ts";
import type { SyntaxSlip } from "./slip.ts";

/** `name: Shop: checkout`, which YAML reads as two mappings on one line. */
export const secondColons: SyntaxSlip = ({ text, first }) => {
  if (first.code !== "BLOCK_AS_IMPLICIT_KEY") return [];
  const line = lineAt(text, first.pos[0]);
  const [, before = "", value = ""] =
    /^(\s*(?:- +)*[\w.-]+: +)([^\s"'[{|>&*!%@`#].*?: .*?)(?:\s+#.*)?$/u.exec(line.text) ?? [];
  if (value === "") return [];
  const start = line.start + before.length;
  const end = start + value.length;
  return [
    {
      code: "KS1003",
      message: 'a second ": " on one line',
      start,
      end,
      ...quoteText(text, start, end),
    },
  ];
};
