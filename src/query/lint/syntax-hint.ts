/**
 * Guesses what was meant: habits from JavaScript, SQL, JSONPath, XPath and jq
 * (docs/upstream/jsonata.md#common-mistakes).
 */
import type { EngineError } from "./error-span.ts";

interface Habit {
  /** Tested against the text around the error: `before` ends there and `after` starts there. */
  matches(context: {
    readonly before: string;
    readonly after: string;
    readonly text: string;
    readonly code: string;
  }): boolean;
  readonly hint: string;
}

const habits: readonly Habit[] = [
  { matches: ({ before, after }) => /={1,2}$/u.test(before) && after.startsWith("="), hint: "equality is a single =" },
  { matches: ({ before, after }) => before.endsWith("&") && after.startsWith("&"), hint: "write and" },
  { matches: ({ before, after }) => before.endsWith("|") || after.startsWith("||"), hint: "write or" },
  { matches: ({ before, after }) => before.endsWith("<") && after.startsWith(">"), hint: "write !=" },
  { matches: ({ before, after }) => before.endsWith("=") && after.startsWith(">"), hint: "write >=" },
  { matches: ({ before, after }) => before.endsWith("=") && after.startsWith("<"), hint: "write <=" },
  { matches: ({ after, code }) => code === "S0204" && after.startsWith("!"), hint: "write $not(…)" },
  {
    matches: ({ before, after }) => /\[\s*$/u.test(before) && after.startsWith("?"),
    hint: "this is JSONPath; in JSONata a filter is data[id='x']",
  },
  {
    matches: ({ after, text }) => after.startsWith("..") && /\.\.\s*\[\s*\?/u.test(text),
    hint: "this is JSONPath; in JSONata a filter at any depth is **[id='x']",
  },
  {
    matches: ({ after, text }) => after.startsWith("..") && /^\s*(?:\$|\.\.)/u.test(text),
    hint: "this is JSONPath; in JSONata write **.id",
  },
  {
    matches: ({ before, after }) => /\[[^[\]]*$/u.test(before) && /^(:|,|\.\.)/u.test(after),
    hint: "a range of items is data[[0..1]], some items are data[[0,1]]",
  },
  {
    matches: ({ before, after }) => before.trim() === "" && after.startsWith("."),
    hint: "start with the name, without the dot (jq writes it, JSONata does not)",
  },
  {
    matches: ({ before, after }) => /\|\s*\.?$/u.test(before) && after.startsWith("."),
    hint: "this is jq; in JSONata pass a value on with ~>",
  },
  {
    matches: ({ before, after }) => before.trim() !== "" && after.startsWith("|"),
    hint: "this is jq; in JSONata pass a value on with ~>, for example data ~> $count",
  },
  {
    matches: ({ before, after }) => before.trim() === "" && after.startsWith("/"),
    hint: "this is XPath; in JSONata a path is data.id",
  },
  {
    matches: ({ code }) => code === "S0213",
    hint: "an item of a list is data[0].id, a name with odd characters `stands in backticks`",
  },
  {
    matches: ({ after }) => /^\\['"]/u.test(after),
    hint: "use the other quotes around the text, or \\u0027 and \\u0022 inside it",
  },
  { matches: ({ code }) => code === "S0103", hint: "a regular expression is /\\d+/, without quotes" },
  { matches: ({ code }) => code === "S0106", hint: "close the comment with */" },
];

/** `start` is the position where the error is shown. */
export function syntaxHint(text: string, error: EngineError, start: number): string | undefined {
  const context = { before: text.slice(0, start), after: text.slice(start), text, code: error.code };
  return habits.find((habit) => habit.matches(context))?.hint;
}
