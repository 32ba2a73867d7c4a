import { lineAt } from "./lines.ts";
import type { Slip, SyntaxSlip } from "./slip.ts";

/** `// …` and `/* … *\/`, at the start of the line of the first error or of the line above. */
export const slashComments: SyntaxSlip = ({ text, first }) => {
  const line = lineAt(text, first.pos[0]);
  const above = line.start === 0 ? undefined : lineAt(text, line.start - 1);
  const found = [above, line].find((one) => one !== undefined && /^\s*\/[/*]/u.test(one.text));
  return found === undefined ? [] : [slashComment(found.start + found.text.indexOf("/"), text)];
};

/** The comment that begins at `start`. */
export function slashComment(start: number, text: string): Slip {
  const isBlock = text.startsWith("/*", start);
  const closing = isBlock ? text.indexOf("*/", start) : -1;
  const lineEnd = text.indexOf("\n", start);
  const last = lineEnd === -1 ? text.length : lineEnd;
  const end = closing === -1 ? last : Math.min(closing + 2, last);
  const hint = "a comment starts with #, in JSON files too";
  const message = `${isBlock ? "/*" : "//"} is not a comment in YAML`;
  const isWhole = !isBlock && lineAt(text, start).text.trimStart().startsWith("//");
  const fix = isWhole ? { fix: { title: "write #", edits: [{ start, end: start + 2, text: "#" }] } } : {};
  return { code: "KS1003", message, start, end, hint, ...fix };
}
