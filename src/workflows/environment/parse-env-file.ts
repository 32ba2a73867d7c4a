/**
 * The syntax of an env file as Docker Compose documents it (docs/decisions/0025-env-files.md): `NAME=value` lines, `export`,
 * comments, single and double quotes over several lines. Stricter in one thing: what Compose takes for another variable
 * by accident, such as text after a closing quote, is an error here.
 */
import type { EnvFileProblem } from "./env-file-problem.ts";

export interface EnvLine {
  readonly name: string;
  /** Without quotes, escapes resolved; `$` still stands for variables, unless the value is `verbatim`. */
  readonly value: string;
  readonly isVerbatim: boolean;
  /** Of the value, in the text of the file. */
  readonly offset: number;
}

export interface ParsedEnvFile {
  readonly lines: readonly EnvLine[];
  readonly problems: readonly EnvFileProblem[];
}

/** Everything that is no line break and separates words. */
const blanks = /[^\S\n]*/uy;
const namePattern = /[\p{L}\p{N}_.\-[\]]+/uy;

/** A line without `=` names a variable of the environment, which is there anyway: it sets nothing. */
export function parseEnvFile(text: string): ParsedEnvFile {
  const lines: EnvLine[] = [];
  const problems: EnvFileProblem[] = [];
  // Some editors begin a file with a byte order mark.
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    at = after(blanks, text, at);
    const char = text[at];
    if (char === "\n" || char === "#" || char === undefined) {
      at = lineEnd(text, at) + 1;
      continue;
    }
    const line = readLine(text, at);
    if ("problem" in line) problems.push(line.problem);
    else if (line.line !== undefined) lines.push(line.line);
    at = line.end;
  }
  return { lines, problems };
}

type ReadLine =
  | { readonly line: EnvLine | undefined; readonly end: number }
  | { readonly problem: EnvFileProblem; readonly end: number };

function readLine(text: string, start: number): ReadLine {
  const exported = after(/export[^\S\n]+/uy, text, start);
  const nameEnd = after(namePattern, text, exported);
  const sign = after(blanks, text, nameEnd);
  const next = text[sign];
  const end = lineEnd(text, start) + 1;
  const name = text.slice(exported, nameEnd);
  if (name !== "" && (next === "\n" || next === undefined)) return { line: undefined, end };
  if (name === "" || (next !== "=" && next !== ":")) {
    const message = name === "" ? "a line must start with a variable's name" : "a name is followed by =";
    const hint = "write NAME=value, and # before a comment; a value of several lines needs quotes";
    return { problem: { offset: name === "" ? exported : sign, message, hint }, end };
  }
  const offset = after(blanks, text, sign + 1);
  const quote = text[offset];
  if (quote === '"' || quote === "'") return readQuoted(text, { name, offset, quote });
  const whole = text.slice(offset, end - 1);
  // A comment may also be all that follows the sign.
  const comment = offset > sign + 1 && whole.startsWith("#") ? 0 : whole.indexOf(" #");
  const value = (comment === -1 ? whole : whole.slice(0, comment)).trimEnd();
  return { line: { name, value, isVerbatim: false, offset }, end };
}

function readQuoted(
  text: string,
  { name, offset, quote }: { readonly name: string; readonly offset: number; readonly quote: '"' | "'" },
): ReadLine {
  const close = closingQuote(text, offset, quote);
  if (close === undefined) {
    const message = `the quote of ${name} is not closed`;
    return { problem: { offset, message, hint: `a ${quote} inside is written \\${quote}` }, end: text.length };
  }
  const rest = after(blanks, text, close + 1);
  const end = lineEnd(text, close) + 1;
  if (rest < text.length && text[rest] !== "\n" && text[rest] !== "#") {
    const message = `text follows the closing quote of ${name}`;
    return { problem: { offset: rest, message, hint: `a ${quote} inside is written \\${quote}` }, end };
  }
  const inside = text.slice(offset + 1, close).replaceAll(`\\${quote}`, (found, index: number, all: string) =>
    // A backslash that is escaped itself does not escape the quote.
    isEscaped(all, index) ? found : quote,
  );
  const isVerbatim = quote === "'";
  return { line: { name, value: isVerbatim ? inside : withEscapes(inside), isVerbatim, offset }, end };
}

function closingQuote(text: string, offset: number, quote: string): number | undefined {
  for (let at = offset + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

/** Whether an odd number of backslashes stands before `index`. */
function isEscaped(text: string, index: number): boolean {
  let count = 0;
  while (text[index - 1 - count] === "\\") count += 1;
  return count % 2 === 1;
}

const escapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  // A shell wants it escaped; Compose keeps the backslash.
  "`": "`",
  // Interpolation, which comes later, reads two as one that stands for itself.
  $: "$$",
};

/** Those of a shell's `echo`; others stay as they are. */
function withEscapes(text: string): string {
  return text.replaceAll(/\\(?:0(?<octal>[0-3][0-7]{2})|(?<char>[abfnrtv$\\`]))/gu, (found, ...groups) => {
    const { octal, char } = groups.at(-1) as { readonly octal?: string; readonly char?: string };
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    return char === undefined ? found : (escapes[char] ?? found);
  });
}

/** Where `pattern`, which is sticky, ends when it starts at `at`; `at` itself when it does not match there. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function lineEnd(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found === -1 ? text.length : found;
}
