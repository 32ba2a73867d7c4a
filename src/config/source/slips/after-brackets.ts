import { lineAt } from "./lines.ts";
import { quoteText } from "./quote-text.ts";
import type { SyntaxSlip } from "./slip.ts";

/** `name: [prod] API`, which begins as a list, and `a: { … },` on a line of its own. */
export const afterBrackets: SyntaxSlip = ({ text, first }) => {
  const [at] = first.pos;
  if (first.code !== "UNEXPECTED_TOKEN" || !/[\]}][ \t]*$/u.test(text.slice(Math.max(0, at - 20), at))) return [];
  const line = lineAt(text, at);
  const [, before = "", value = ""] = /^(\s*(?:- +)*[\w.-]+: +)([[{].*?)(?:\s+#.*)?\s*$/u.exec(line.text) ?? [];
  if (text[at] === ",") {
    const fix = { title: "remove it", edits: [{ start: at, end: at + 1, text: "" }] };
    const hint = "remove it: commas stand only between entries inside { } and [ ]";
    return [{ code: "KS1003", message: "a comma after the closing bracket", start: at, end: at + 1, hint, fix }];
  }
  if (value === "" || /[\]}]/u.test(text.charAt(at))) return [];
  const start = line.start + before.length;
  const message = `a text that begins with ${value.charAt(0)} needs quotes`;
  return [
    { code: "KS1003", message, start, end: start + value.length, ...quoteText(text, start, start + value.length) },
  ];
};
