/** Whether somebody expects a monitor to look at the result of a query, which it does not. */

export type Judged =
  /** It gives true or false, as in `SELECT count(*) > 0 FROM t`. */
  | "condition"
  /** It gives a row or none, as in `SELECT 1 FROM t WHERE …`. */
  | "rows"
  /** It counts what fulfils a condition. */
  | "count";

/** Undefined if the query can fail on purpose, or gives a plain value: then an up means no more than that it ran. */
export function judgedQuery(query: string): Judged | undefined {
  const text = plainSql(query);
  // Division, casts and functions that raise are how a result becomes an error.
  if (/[/%]|::|\b(?:cast|mod|raise\w*|error\w*|assert\w*)\s*\(/iu.test(text)) return undefined;
  const flat = withoutParentheses(text).trim();
  // A statement that writes is there for what it does.
  const parts =
    /^(?:with\b.*?)?select\b(?<list>.*?)(?:\b(?<rest>(?:from|where|group|having|order|limit|union)\b.*))?$/isu.exec(
      flat,
    )?.groups;
  if (parts === undefined || /\binto\b|\bfor\s+(?:update|share)\b/iu.test(flat)) return undefined;
  const { list = "", rest = "" } = parts;
  if (/[<>=]|\b(?:true|false|not|and|or|exists|between|like|ilike|in|is|case)\b/iu.test(list)) return "condition";
  if (!/\b(?:where|having)\b/iu.test(rest)) return undefined;
  return /\bcount\s+x\b/iu.test(list) && !/\b(?:group|having)\b/iu.test(rest) ? "count" : "rows";
}

/** Without comments, texts and quoted names, whose content says nothing. */
function plainSql(query: string): string {
  return (
    query
      .replaceAll(/'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$/gsu, "''")
      .replaceAll(/"(?:[^"]|"")*"/gu, "x")
      .replaceAll(/--[^\n]*|\/\*.*?\*\//gsu, " ")
      // Into JSON, and distances.
      .replaceAll(/[-#]>>?|<[-#=~]>/gu, " ")
      .replaceAll(/\s+/gu, " ")
      .replace(/[;\s]+$/u, "")
  );
}

/** What stands in parentheses is an argument or a query of its own; a whole query in parentheses is kept. */
function withoutParentheses(text: string): string {
  let flat = /^\s*\(.*\)\s*$/su.test(text) ? text.trim().slice(1, -1) : text;
  for (let before = ""; before !== flat;) {
    before = flat;
    flat = flat.replaceAll(/\([^()]*\)/gu, " x ");
  }
  return flat;
}
