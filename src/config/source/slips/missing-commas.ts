import type { SyntaxSlip } from "./slip.ts";

/** A value, the blanks after it, and the start of the next key. */
const gap = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s,{}[\]]+)([ \t]+(?=["'\w-]+\s*:)|[ \t]*\r?\n\s*(?="[^"\n]*"\s*:))/u;

/** `{ a: 1 b: 2 }`; across two lines only if the next key is in quotes, as in JSON. */
export const missingCommas: SyntaxSlip = ({ text, first }) => {
  if (first.code !== "BLOCK_IN_FLOW" && first.code !== "MULTILINE_IMPLICIT_KEY") return [];
  const [start, end] = first.pos;
  const between = gap.exec(text.slice(start, end + 40));
  if (between === null) return [];
  const at = start + between[0].length;
  const after = at - (between[1]?.length ?? 0);
  return [
    {
      code: "KS1003",
      message: "a comma is missing between two entries of { }",
      start: at,
      end: at + 1,
      hint: "write it before this",
      fix: { title: "put a comma between them", edits: [{ start: after, end: after, text: "," }] },
    },
  ];
};
