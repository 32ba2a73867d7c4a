import { flowEnd, type Lexeme } from "./lexemes.ts";
import type { Slip, SyntaxSlip } from "./slip.ts";

const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** A `{` or `[` without its closing bracket, and a closing bracket without its opening one. */
export const openBrackets: SyntaxSlip = ({ lexemes }) => {
  const open: Lexeme[] = [];
  for (const lexeme of lexemes()) {
    const { text } = lexeme;
    if (text === "{" || text === "[") open.push(lexeme);
    else if (text === flowEnd) {
      const last = open.at(-1);
      if (last !== undefined) return [notClosed(last)];
    } else if (text === "}" || text === "]") {
      const last = open.pop();
      if (last === undefined) return [closesNothing(lexeme)];
      if (closing[last.text] !== text) return [closedByAnother(last, lexeme)];
    }
  }
  const last = open.at(-1);
  return last === undefined ? [] : [notClosed(last)];
};

function notClosed({ start, text }: Lexeme): Slip {
  const hint = `write the missing ${closing[text] ?? ""}`;
  return { code: "KS1003", message: `the ${text} that opens here is not closed`, start, end: start + 1, hint };
}

function closedByAnother(opening: Lexeme, { start, text }: Lexeme): Slip {
  const related = { message: `${text} closes something else`, start, end: start + 1 };
  return { ...notClosed(opening), related };
}

function closesNothing({ start, text }: Lexeme): Slip {
  return { code: "KS1003", message: `this ${text} closes nothing`, start, end: start + 1, hint: "remove it" };
}
