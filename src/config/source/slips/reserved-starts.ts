import { lineAt } from "./lines.ts";
import { quoteText } from "./quote-text.ts";
import { mostSlips, type Slip, type SyntaxSlip } from "./slip.ts";

/** `description: @home`: some characters have another meaning at the start of a text, or will get one. */
export const reservedStarts: SyntaxSlip = ({ text, errors, first }) => {
  if (first.code !== "BAD_SCALAR_START") return [];
  return errors.slice(0, mostSlips).flatMap(({ code, pos: [start] }): Slip[] => {
    if (code !== "BAD_SCALAR_START") return [];
    const end = start + lengthOf(text, start);
    const message = `a text cannot start with ${text.charAt(start)}`;
    return [{ code: "KS1003", message, start, end, ...quoteText(text, start, end) }];
  });
};

/** To the end of the line or the comment behind it; inside brackets, to what ends the entry. */
function lengthOf(text: string, start: number): number {
  const line = lineAt(text, start);
  const before = line.text.slice(0, start - line.start);
  const isInFlow = before.split(/[{[]/u).length > before.split(/[}\]]/u).length;
  const rest = line.text.slice(start - line.start).replace(/\s+#.*$/u, "");
  return Math.max(1, (isInFlow ? rest.replace(/[,}\]].*$/u, "") : rest).trimEnd().length);
}
