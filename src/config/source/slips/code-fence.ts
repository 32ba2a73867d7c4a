import type { SyntaxSlip } from "./slip.ts";

/** The line around a code block that was copied from Markdown. */
export const codeFence: SyntaxSlip = ({ text }) => {
  const found = /^[ \t]*(?:`{3,}|~{3,})[\w-]*[ \t]*$/mu.exec(text);
  if (found === null) return [];
  const hint = "remove the lines with ```: they belong to the page that this was copied from";
  const { index: start } = found;
  return [{ code: "KS1003", message: "the mark of a code block", start, end: start + found[0].length, hint }];
};
