/**
 * Finds where a text stops being JSON. Half of the errors of `JSON.parse` have no position, and its messages quote the
 * text, which may contain a secret; these messages quote nothing (docs/decisions/0019-json-positions.md).
 */
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";

export interface JsonProblem {
  readonly message: string;
  /** `[start, end)` of the text. */
  readonly start: number;
  readonly end: number;
  /** Whether a comment (`#`, `//` or `/*`) begins here. */
  readonly isComment: boolean;
}

/** Undefined if the text is JSON. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return problemIn(text) ?? { message: "it does not parse", start: 0, end: text.length, isComment: false };
  }
}

function problemIn(text: string): JsonProblem | undefined {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    // The parser is recursive, and thousands of nested lists overflow its stack.
    return undefined;
  }
  const [first] = errors;
  if (first === undefined) return undefined;
  const { length } = first;
  // The parser reads `null# why` as one symbol.
  const start =
    first.offset + (/^(?:true|false|null)(?=#)/u.exec(text.slice(first.offset, first.offset + 6))?.[0] ?? "").length;
  if (/^(?:#|\/\/|\/\*)/u.test(text.slice(start, start + 2))) {
    const lineEnd = text.indexOf("\n", start);
    return { message: "a comment", start, end: lineEnd === -1 ? text.length : lineEnd, isComment: true };
  }
  return { start, end: start + Math.max(1, length), isComment: false, ...wordsFor(first, text) };
}

const controlCharacter = "a text with a line break or another control character";

/** The message, and the place if it differs from the parser's. */
function wordsFor({ error, offset }: ParseError, text: string): Pick<JsonProblem, "message"> & Partial<JsonProblem> {
  const isAtEnd = offset >= text.length;
  switch (printParseErrorCode(error)) {
    case "InvalidSymbol":
      if (text[offset] === "'") return { message: 'texts stand in double quotes (")', end: offset + 1 };
      return { message: /[\w$]/u.test(text[offset] ?? "") ? "a text without quotes" : "a value is missing here" };
    case "PropertyNameExpected":
      if (isAtEnd) return { message: '"}" is missing' };
      return extraComma(text, offset) ?? { message: "a key in double quotes is missing here" };
    case "ValueExpected":
      if (isAtEnd) return { message: "it ends before a value" };
      return extraComma(text, offset) ?? { message: "a value is missing here" };
    case "ColonExpected":
      return { message: '":" is missing after a key' };
    case "CommaExpected":
      return { message: '"," or a closing bracket is missing here' };
    case "CloseBraceExpected":
      return { message: '"}" is missing' };
    case "CloseBracketExpected":
      return { message: '"]" is missing' };
    case "EndOfFileExpected":
      return { message: "there is more after the value" };
    case "UnexpectedEndOfString":
      return { message: text.includes("\n", offset) ? controlCharacter : 'a text without its closing "' };
    case "InvalidUnicode":
    case "InvalidEscapeCharacter": {
      const good = /^(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*/u.exec(text.slice(offset))?.[0] ?? "";
      const start = offset + good.length;
      return { message: "a backslash that is no escape", start, end: start + 2 };
    }
    case "InvalidCharacter":
      return { message: controlCharacter };
    case "InvalidNumberFormat":
    case "UnexpectedEndOfNumber":
    case "InvalidCommentToken":
    case "UnexpectedEndOfComment":
    case "<unknown ParseErrorCode>":
    default:
      return { message: "it does not parse" };
  }
}

/** The comma before the `}` or `]` at `offset`. */
function extraComma(text: string, offset: number): Pick<JsonProblem, "message" | "start" | "end"> | undefined {
  const before = text.slice(0, offset).trimEnd();
  if (!before.endsWith(",") || !/[}\]]/u.test(text[offset] ?? "")) return undefined;
  return { message: "a comma too many", start: before.length - 1, end: before.length };
}
