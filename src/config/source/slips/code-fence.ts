import type { SyntaxSlip } from "./slip.ts";

const fence = /^[ \t]*(?:`{3,}|~{3,})[\w-]*[ \t]*\r?(?:\n|$)/gmu;

/** The fence lines of a code block that was copied from Markdown. */
export const codeFence: SyntaxSlip = ({ text }) => {
  const found = [...text.matchAll(fence)].map(({ index: start, 0: line }) => ({ start, end: start + line.length }));
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      code: "KS1003",
      message: "the mark of a code block",
      start: first.start,
      end: first.start + text.slice(first.start, first.end).trimEnd().length,
      hint: "remove the lines with ```: they belong to the page that this was copied from",
      fix: { title: "remove the marks of the code block", edits: found.map((edit) => ({ ...edit, text: "" })) },
    },
  ];
};
