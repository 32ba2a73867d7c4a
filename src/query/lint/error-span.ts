/** The error objects that JSONata throws. They are plain objects without the Error prototype. */
export interface EngineError {
  readonly code: string;
  readonly position?: number;
  readonly token?: unknown;
  readonly value?: unknown;
  readonly message: string;
}

/**
 * The part of the query that an error is about. The meaning of `position` depends on the code: usually the end of the
 * wrong token, sometimes its start, and the end of the text if something is not closed
 * (docs/upstream/jsonata.md#error-places).
 */
export function errorSpan(text: string, error: EngineError): readonly [start: number, end: number] {
  const end = Math.min(error.position ?? text.length, text.length);
  switch (error.code) {
    case "S0203":
    case "S0207":
      return [text.length, text.length];
    case "S0102":
      return [end, Math.min(text.length, end + rawLength(error.token))];
    case "S0103":
    case "S0104":
      return [Math.max(0, end - 1), Math.min(text.length, end + 1)];
    case "S0106":
      return [end, text.length];
    case "S0101":
    case "S0105":
    case "S0302":
      return [unclosedStart(text), text.length];
    case "S0301":
      return [Math.max(0, end - 1), Math.min(text.length, end + 1)];
    case "S0217":
      return [0, text.length];
    default:
      return [tokenStart(text, end, error.token), end];
  }
}

function rawLength(token: unknown): number {
  return typeof token === "string" || typeof token === "number" ? String(token).length : 1;
}

function tokenStart(text: string, end: number, token: unknown): number {
  const length = rawLength(token);
  const plain = end - length;
  if (plain >= 0 && text.slice(plain, end) === String(token)) return plain;
  // For texts and names in backticks, the token comes without its quotes.
  const quote = text[end - 1];
  if (quote === '"' || quote === "'" || quote === "`") {
    const open = text.lastIndexOf(quote, end - 2);
    if (open !== -1) return open;
  }
  return Math.max(0, end - 1);
}

/** Where the unclosed text, quoted name or regular expression starts. JSONata only reports that the text ended. */
function unclosedStart(text: string): number {
  let at = 0;
  let wasOperand = false;
  while (at < text.length) {
    const character = text.charAt(at);
    const isQuote = character === '"' || character === "'" || character === "`";
    const isRegex = character === "/" && !wasOperand && text[at + 1] !== "*";
    if (isQuote || isRegex) {
      const close = closing(text, at, character);
      if (close === undefined) return at;
      at = close;
      wasOperand = true;
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      at = close === -1 ? text.length : close + 2;
      continue;
    } else if (/\S/u.test(character)) {
      wasOperand = /[\w)\]}$]/u.test(character);
    }
    at += 1;
  }
  return 0;
}

function closing(text: string, open: number, quote: string): number | undefined {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === "\\" && quote !== "`") at += 1;
    else if (text[at] === quote) return at;
  }
  return undefined;
}
