/**
 * Splits a query into tokens with positions. jsonata's tree only has the end of each token, and nothing if parsing
 * fails, so the text is split here by the same rules. Broken text has tokens too.
 */

type TokenKind = "name" | "quoted-name" | "variable" | "string" | "number" | "regex" | "operator" | "comment";

export interface Token {
  readonly kind: TokenKind;
  /** As written, including quotes. */
  readonly text: string;
  /** UTF-16 offset in the query. */
  readonly start: number;
  readonly end: number;
  /** Whether the closing quote, slash or comment mark exists; true for all other kinds. */
  readonly isClosed: boolean;
}

const doubleOperators = ["..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"];
const operatorCharacters = ".[]{}(),@#;:?+-*/%|=<>^&!~";
const blanks = " \t\n\r\v";
const closers: Readonly<Record<string, TokenKind>> = { '"': "string", "'": "string", "`": "quoted-name" };

/** In order, without white space, with comments. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let previous: Token | undefined;
  while (at < text.length) {
    if (blanks.includes(text.charAt(at))) {
      at++;
      continue;
    }
    const token = readToken(text, at, previous);
    tokens.push(token);
    if (token.kind !== "comment") previous = token;
    at = token.end;
  }
  return tokens;
}

function readToken(text: string, start: number, previous: Token | undefined): Token {
  const first = text.charAt(start);
  const make = (kind: TokenKind, end: number, isClosed = true): Token => ({
    kind,
    text: text.slice(start, end),
    start,
    end,
    isClosed,
  });
  if (text.startsWith("/*", start)) {
    const end = text.indexOf("*/", start + 2);
    return end < 0 ? make("comment", text.length, false) : make("comment", end + 2);
  }
  const quoted = closers[first];
  if (quoted !== undefined) {
    const end = endOfQuoted(text, start, quoted === "string");
    return end === undefined ? make(quoted, text.length, false) : make(quoted, end);
  }
  if (first === "/" && !endsOperand(previous)) {
    const end = endOfRegex(text, start);
    return end === undefined ? make("regex", text.length, false) : make("regex", end);
  }
  const double = text.slice(start, start + 2);
  if (doubleOperators.includes(double)) return make("operator", start + 2);
  if (operatorCharacters.includes(first)) return make("operator", start + 1);
  const number = /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(text.slice(start, start + 400));
  if (number !== null) return make("number", start + number[0].length);
  let end = start + 1;
  while (end < text.length && !isBoundary(text.charAt(end))) end++;
  return make(first === "$" ? "variable" : "name", end);
}

function isBoundary(character: string): boolean {
  return blanks.includes(character) || operatorCharacters.includes(character);
}

function endOfQuoted(text: string, start: number, hasEscapes: boolean): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (hasEscapes && text.charAt(at) === "\\") at++;
    else if (text.charAt(at) === text.charAt(start)) return at + 1;
  }
  return undefined;
}

/** A slash inside brackets does not end a regular expression. */
function endOfRegex(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") at++;
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "/" && depth === 0) return at + 1 + (/^[im]*/.exec(text.slice(at + 1))?.[0].length ?? 0);
  }
  return undefined;
}

/** Whether a slash after this token means a division; otherwise it starts a regular expression. */
function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === "operator") return [")", "]", "}", "%"].includes(token.text);
  return token.kind !== "name" || !["and", "or", "in"].includes(token.text);
}
