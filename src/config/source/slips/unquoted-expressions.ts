import { quoteText } from "./quote-text.ts";
import { mostSlips, type Slip, type SyntaxSlip } from "./slip.ts";

/** `{ url: ${env:X}/x }`: within braces, YAML reads the brace of the expression as another mapping. */
export const unquotedExpressions: SyntaxSlip = ({ text, lexemes }) => {
  const all = lexemes();
  const slips: Slip[] = [];
  let covered = 0;
  for (const [index, { start, text: lexeme }] of all.entries()) {
    if (lexeme !== "{" || start < covered || !/[^\\$]?\$$/u.test(all[index - 1]?.text ?? "")) continue;
    const slip = quoteAround(text, start);
    if (slip === undefined) continue;
    slips.push(slip);
    covered = slip.end;
    if (slips.length === mostSlips) break;
  }
  return slips;
};

/** The whole text that contains the expression at `brace`. */
function quoteAround(text: string, brace: number): Slip | undefined {
  const before = /(?:^|[,{[]|:[ \t]|-[ \t])[ \t]*([^,{[\n]*?\$)$/u.exec(
    text.slice(Math.max(0, brace - 300), brace),
  )?.[1];
  const after = /^\{[^{}\n]*\}(?:[^\s,{}[\]]|\$\{[^{}\n]*\})*/u.exec(text.slice(brace, brace + 300))?.[0];
  if (before === undefined || after === undefined) return undefined;
  // Without the key and its colon.
  const value = /^(?:.*?:[ \t]+)?(.*)$/u.exec(before)?.[1] ?? before;
  const start = brace - value.length;
  const end = brace + after.length;
  return {
    code: "KS1003",
    message: "inside { } or [ ] the brace of ${…} begins a mapping",
    start,
    end,
    ...quoteText(text, start, end),
  };
}
