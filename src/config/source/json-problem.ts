/**
 * Where a text stops being JSON. `JSON.parse` tells no position for half of its errors, and quotes the text, which may
 * hold a secret; these messages quote nothing.
 */
export interface JsonProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** The text is JSON but for a `#`, `//` or `/*` here. */
  readonly isComment: boolean;
}

/** Thrown inside only. */
class Stop extends Error {
  readonly problem: JsonProblem;

  constructor(problem: JsonProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Deeper texts are taken as good: `JSON.parse` has the last word anyway. */
const maxDepth = 500;

/** Undefined when the text is JSON. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return locate(text) ?? { message: "it does not parse", start: 0, end: text.length, isComment: false };
  }
}

function locate(text: string): JsonProblem | undefined {
  try {
    const end = skipBlank(text, readValue(text, skipBlank(text, 0), 0));
    if (end < text.length) stop(text, end, "there is more after the value");
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return error.problem;
    throw error;
  }
}

function stop(text: string, start: number, message: string, end = start + 1): never {
  const rest = text.slice(start, start + 2);
  const isComment = rest.startsWith("#") || rest === "//" || rest === "/*";
  const lineEnd = text.indexOf("\n", start);
  const commentEnd = lineEnd === -1 ? text.length : lineEnd;
  throw new Stop({ message, start, end: isComment ? commentEnd : end, isComment });
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function readValue(text: string, start: number, depth: number): number {
  if (depth > maxDepth) return text.length;
  const first = text[start];
  if (first === undefined) return stop(text, start, "it ends before a value");
  if (first === "{") return readList(text, start, { close: "}", depth, isObject: true });
  if (first === "[") return readList(text, start, { close: "]", depth, isObject: false });
  if (first === '"') return readString(text, start);
  if (first === "'") return stop(text, start, 'texts stand in double quotes (")');
  const word = /^[A-Za-z_$][\w$]*/u.exec(text.slice(start, start + 60))?.[0];
  if (word !== undefined) {
    if (word === "true" || word === "false" || word === "null") return start + word.length;
    return stop(text, start, "a text without quotes", start + word.length);
  }
  const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/u.exec(text.slice(start, start + 400))?.[0];
  if (number !== undefined && number !== "") return start + number.length;
  return stop(text, start, "a value is missing here");
}

function readList(
  text: string,
  start: number,
  list: { readonly close: "}" | "]"; readonly depth: number; readonly isObject: boolean },
): number {
  const { close, depth, isObject } = list;
  let at = skipBlank(text, start + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    if (isObject) {
      if (text[at] !== '"')
        stop(text, at, at < text.length ? "a key in double quotes is missing here" : `"${close}" is missing`);
      at = skipBlank(text, readString(text, at));
      if (text[at] !== ":") stop(text, at, '":" is missing after a key');
      at = skipBlank(text, at + 1);
    }
    at = skipBlank(text, readValue(text, at, depth + 1));
    if (text[at] === close) return at + 1;
    if (text[at] !== ",")
      stop(text, at, at < text.length ? `"," or "${close}" is missing here` : `"${close}" is missing`);
    const next = skipBlank(text, at + 1);
    if (text[next] === close) stop(text, at, "a comma too many");
    at = next;
  }
}

function readString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character === "\\") {
      const escape = /^\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})/u.exec(text.slice(at, at + 6))?.[0];
      if (escape === undefined) stop(text, at, "a backslash that is no escape", at + 2);
      at += (escape ?? "\\").length - 1;
    } else if (character < " ") {
      return stop(text, start, "a text with a line break or another control character");
    }
  }
  return stop(text, start, 'a text without its closing "');
}
