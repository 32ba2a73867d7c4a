/** Finds secrets in a URL that would change how it is parsed. `|url` encodes them. */
import { canBeMisread, misreadIn, type UrlPart } from "../../secrets/misread-secret.ts";
import type { Piece, TemplateProblem } from "./template-pieces.ts";
import type { Expression } from "./template.ts";

const words: Readonly<Record<UrlPart, string>> = {
  login: "the login",
  path: "the path",
  parameter: "a parameter",
  query: "the query",
};

/** None for a text that is not a URL, and for secrets that are encoded or are a whole host or the beginning of the URL. */
export function urlProblems(text: string, pieces: readonly Piece[]): readonly TemplateProblem[] {
  // Only the text around a secret tells which part of the URL it is in.
  const around = pieces.map((piece, index) => (piece.isSecret && index > 0 ? "" : text.slice(piece.from, piece.to)));
  return pieces.flatMap((piece, index): readonly TemplateProblem[] => {
    const { isSecret, expression, from, to, start, end } = piece;
    if (!isSecret || index === 0 || expression === undefined || expression.isForUrl === true) return [];
    // Checked before the text around it is composed, because one text can contain thousands of expressions.
    if (!canBeMisread(text.slice(from, to))) return [];
    const [before, after] = [around.slice(0, index).join(""), around.slice(index + 1).join("")];
    const part = misreadIn({ before, value: text.slice(from, to), after });
    if (part === undefined) return [];
    const name = nameOf(expression);
    return [
      {
        code: "KS1108",
        message: `the value of \${${name}} has characters that mean something else in ${words[part]} of a URL`,
        hint: `write \${${name}|url}, which encodes them`,
        why: "as it is, a part of the secret would be read as another part of the URL, such as its host",
        start,
        end,
      },
    ];
  });
}

/** The expression without its default, which may be long and is not the mistake. */
function nameOf(expression: Expression): string {
  switch (expression.from) {
    case "env":
    case "var":
    case "each":
      return `${expression.from}:${expression.name}`;
    case "file":
      return `file:${expression.path}`;
    default:
      return expression satisfies never;
  }
}
