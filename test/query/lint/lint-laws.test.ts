import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../../src/query/lint/tokens.ts";
import { lintQuery } from "../../../src/query/lint/lint-query.ts";
import { vectors } from "../vectors.ts";

const servers = ["1.23.16", "2.0.0", "2.5.3", "2.9.0"];
const sample = { data: [{ id: "x", "last-run": 1 }], status: "ok" };

const blank = fc.constantFrom("", " ", "\n", "\t ", "/* 🚦 a ?? b */", " /**/ ");
const field = fc.constantFrom("data", "id", "`last-run`", "unknwon", "`ünknown 🚦`", "statsu");
const callee = fc.constantFrom("$count", "$exists", "$conut", "$string", "$nope", "$now");
const literal = fc.constantFrom("1", "0.5", '"🚦"', "'it \\\\ \\n'", "true", "null", "/a+/");
const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "small" },
    field,
    literal,
    fc.tuple(field, blank, field).map(([left, gap, right]) => `${left}${gap}.${right}`),
    fc.tuple(callee, blank, tie("expression")).map(([name, gap, inner]) => `${name}(${gap}${inner})`),
    fc.tuple(field, tie("expression")).map(([name, inner]) => `${name}[${inner}]`),
    tie("expression").map((inner) => `(${inner})`),
  ),
  expression: fc.oneof(
    { depthSize: "small" },
    tie("operand"),
    fc
      .tuple(
        tie("operand"),
        blank,
        fc.constantFrom("=", "!=", ">", "&", "+", " and ", " in ", "??", "~>"),
        blank,
        tie("operand"),
      )
      .map((parts) => parts.join("")),
  ),
}));

/** The word of the query that a message quotes. */
function wordNamed(rule: string, message: string): string | undefined {
  if (rule === "unknown-function") return /unknown \w+ (\$\w+)/.exec(message)?.[1];
  return rule === "unknown-field" ? /^"(.*)" does not exist/.exec(message)?.[1] : undefined;
}

const kinds = (text: string): readonly string[] => tokenize(text).map(({ kind }) => kind);

describe("every finding", () => {
  it("points into the text, whatever the text is", async () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom(..."$.[]{}()'\"`/\\*=<>!&|?:;,@#%^~+-0aé \n".split(""), "🚦"))
        .map((parts) => parts.join("")),
      fc.constantFrom(...vectors.map(({ query }) => query ?? "")),
      expression,
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom("==", ">", "contains"), async (text, operator) => {
        const findings = await lintQuery({ text, operator, expected: "true", servers, sample });
        for (const { field: where, start, end } of findings) {
          const length = { query: text, operator, expected: "true", monitor: "" }[where].length;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("that names a word has its caret on that word", async () => {
    let named = 0;
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const findings = await lintQuery({ text, operator: "==", expected: "x", servers, sample });
        const misplaced = findings.filter(({ rule, message, start, end }) => {
          const word = text.slice(start, end);
          const told = wordNamed(rule, message);
          if (told !== undefined) named++;
          return told !== undefined && told !== word && `\`${told}\`` !== word;
        });
        expect(misplaced).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(named).toBeGreaterThan(50);
  });
});

describe("tokens", () => {
  it("stand one after the other and leave only blanks between them", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), expression), (text) => {
        let end = 0;
        for (const token of tokenize(text)) {
          expect(token.end).toBeGreaterThan(token.start);
          expect(text.slice(end, token.start)).toMatch(/^[ \t\n\r\v]*$/);
          expect(text.slice(token.start, token.end)).toBe(token.text);
          end = token.end;
        }
        expect(text.slice(end)).toMatch(/^[ \t\n\r\v]*$/);
      }),
    );
  });

  it("know a division from a regular expression", () => {
    expect(kinds("a / b / c")).toEqual(["name", "operator", "name", "operator", "name"]);
    expect(kinds("$match(a, /b \\/ c/i)")).toEqual(["variable", "operator", "name", "operator", "regex", "operator"]);
    expect(kinds("a and /b/")).toEqual(["name", "name", "regex"]);
  });
});
