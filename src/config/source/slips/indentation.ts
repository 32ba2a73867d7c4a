import { keyOf, lineAfter, lineAt, lineBefore, spaces, type Line } from "./lines.ts";
import type { Slip, SyntaxSlip } from "./slip.ts";

/** A line in a column in which no line above begins, or a line below a key that already has a value. */
export const indentation: SyntaxSlip = ({ text, first }) => {
  const line = lineAt(text, first.pos[0]);
  if (isItem(line) || first.message.startsWith("Sequence item without")) return misplaced(text, line);
  // Errors about brackets are about another place.
  if (first.code === "BAD_INDENT") return first.message.startsWith("Flow") ? [] : misplaced(text, line);
  if (first.code !== "BLOCK_AS_IMPLICIT_KEY" && first.code !== "MULTILINE_IMPLICIT_KEY") return [];
  const below = lineAfter(text, line);
  if (below !== undefined && below.indent > line.indent && hasValue(line)) return tooDeep(line, below);
  const above = lineBefore(text, line);
  return above !== undefined && line.indent > above.indent && hasValue(above) ? tooDeep(above, line) : [];
};

function hasValue(line: Line): boolean {
  return keyOf(line) !== undefined && /:\s+[^\s#|>&]/u.test(line.text);
}

function tooDeep(above: Line, line: Line): readonly Slip[] {
  const [key, parent] = [keyOf(line), keyOf(above)];
  if (key === undefined || parent === undefined) return [];
  const second = /^\s*(?:- +)*[\w.-]+ *: +([\w-]+):(?:\s|$)/u.exec(above.text)?.[1];
  if (second !== undefined) {
    const start = above.start + above.text.indexOf(`${second}:`, above.indent + parent.length);
    const hint = `begin it on the next line, in the column of "${key}"`;
    const message = `"${second}" stands on the line of "${parent}", which holds it`;
    return [{ code: "KS1003", message, start, end: start + second.length, hint }];
  }
  return [
    {
      code: "KS1003",
      message: `"${key}" is indented below "${parent}", which has a value already`,
      ...firstWord(line),
      hint: `begin it in the column of "${parent}": ${spaces(above.indent)}`,
    },
  ];
}

function misplaced(text: string, line: Line): readonly Slip[] {
  const sibling = siblingAbove(text, line);
  if (sibling !== undefined && isItem(sibling) !== isItem(line)) return amongOthers(line, sibling);
  const columns = columnsAbove(text, line);
  if (columns.length === 0) return [];
  const what = keyOf(line);
  const choices = columns.slice(0, 3).map((above) => `${spaces(above.indent)} as "${labelOf(above)}"`);
  return [
    {
      code: "KS1003",
      message: `indentation does not fit: ${what === undefined ? "this line" : `"${what}"`} has ${spaces(line.indent)}`,
      ...firstWord(line),
      hint: choices.join(", or "),
    },
  ];
}

function isItem({ text }: Line): boolean {
  return /^ *-(?: |$)/u.test(text);
}

/** The nearest line above in the same column, with no less indented line between. */
function siblingAbove(text: string, line: Line): Line | undefined {
  let above = lineBefore(text, line);
  while (above !== undefined && above.indent > line.indent) above = lineBefore(text, above);
  return above?.indent === line.indent ? above : undefined;
}

function amongOthers(line: Line, sibling: Line): readonly Slip[] {
  const [is, among] = isItem(line) ? ["an item of a list", "keys"] : ["a key", "the items of a list"];
  return [
    {
      code: "KS1003",
      message: `${is} among ${among}`,
      ...firstWord(line),
      hint: "use either keys or dashes in one column",
      related: { message: isItem(sibling) ? "an item" : "a key", ...firstWord(sibling) },
    },
  ];
}

/** The lines above whose columns this line may have, the deepest first. */
function columnsAbove(text: string, line: Line): readonly Line[] {
  const found: Line[] = [];
  let above = lineBefore(text, line);
  let deepest = Number.MAX_SAFE_INTEGER;
  while (above !== undefined && deepest > 0) {
    if (above.indent < deepest && above.indent !== line.indent) {
      found.push(above);
      deepest = above.indent;
    }
    above = lineBefore(text, above);
  }
  return found;
}

function labelOf(line: Line): string {
  return keyOf(line) ?? line.text.trim().slice(0, 20);
}

function firstWord({ start, indent, text }: Line): { readonly start: number; readonly end: number } {
  const word = /^[^\s:]+/u.exec(text.slice(indent))?.[0].length ?? 1;
  return { start: start + indent, end: start + indent + word };
}
