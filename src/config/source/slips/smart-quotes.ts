import { lineAt } from "./lines.ts";
import { shownText } from "./quote-text.ts";
import { mostSlips, type Slip, type SyntaxSlip } from "./slip.ts";

/** A value in the quotes of a word processor: “…”, „…“, ‘…’, «…». */
const quoted =
  /(?=[“„‟‘‚«‹”’])(?<=(?:^|[:,{[-])[ \t]*)([“”„‟‘’‚«‹])([^“”„‟‘’‚«»‹›\n]*)([“”‘’»›])(?=[ \t]*(?:$|[,:}\]#]))/gmu;

/** The slips on the line of the first error and below. */
export const smartQuotes: SyntaxSlip = ({ text, first }) => {
  const { start } = lineAt(text, first.pos[0]);
  return smartQuotesIn(text).filter((slip) => slip.start >= start);
};

/** All texts in such quotes. */
export function smartQuotesIn(text: string): readonly Slip[] {
  return [...text.matchAll(quoted)]
    .slice(0, mostSlips)
    .map(({ index: start, 0: whole, 1: open = "", 2: inner = "", 3: close = "" }) => {
      const end = start + whole.length;
      const edits = [
        { start, end: start + open.length, text: '"' },
        { start: end - close.length, end, text: '"' },
      ];
      return {
        code: "KS1012",
        message: `${open} and ${close} are not quotes in YAML: they would be a part of the text`,
        start,
        end,
        hint: `write ${shownText(text, start, inner)}`,
        ...(/["\\]/u.test(inner) ? {} : { fix: { title: "write straight quotes", edits } }),
      };
    });
}
