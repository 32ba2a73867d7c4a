import type { SyntaxSlip } from "./slip.ts";

/** `'Bob's site'`, where the second quote ends the text, or a text without a closing quote, which the next one ends. */
export const innerQuotes: SyntaxSlip = ({ text, first, lexemes }) => {
  const [at] = first.pos;
  const ended = lexemes().find(
    ({ start, text: lexeme }) =>
      /^(["']).*\1$/su.test(lexeme) && lexeme.length > 1 && isRightAfter(text, start + lexeme.length, at),
  );
  if (ended === undefined) return [];
  const { start, text: lexeme } = ended;
  const [quote = ""] = lexeme;
  const end = start + lexeme.length;
  if (lexeme.includes("\n")) {
    const related = { message: "the next quote, which closes it", start: end - 1, end };
    const hint = `is the closing ${quote} missing on this line?`;
    return [
      {
        code: "KS1003",
        message: "the text in quotes that opens here goes on over the next lines",
        start,
        end: start + 1,
        hint,
        related,
      },
    ];
  }
  if (!/\w/u.test(text[at] ?? "")) return [];
  const hint =
    quote === "'" ? "double a ' inside: 'Bob''s site'" : 'write \\" for a " inside, or use single quotes around';
  const message = "the text in quotes ends here, and more follows";
  return [{ code: "KS1003", message, start: end - 1, end, hint }];
};

/** Whether only blanks are between the end of the text and the error. */
function isRightAfter(text: string, end: number, at: number): boolean {
  return end <= at && /^[ \t]*$/u.test(text.slice(end, at));
}
