import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/finding.ts";
import type { SourceSpan } from "../../../src/model/source-span.ts";
import { renderFindings } from "../../../src/output/human/findings.ts";
import { onTerminal } from "../text-options.ts";
import { openSources } from "../open-sources.ts";

/** The place of the first `text` in `source`. */
function spanOf(source: string, text: string, file = "monitors.yaml"): SourceSpan {
  const offset = source.indexOf(text);
  const before = source.slice(0, offset).split("\n");
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  return { file, line, column, endLine: line, endColumn: column + text.length };
}

function render(source: string, findings: readonly Finding[], more: Readonly<Record<string, string>> = {}): string {
  const sources = openSources({ "monitors.yaml": source, ...more });
  return renderFindings(findings, { ...onTerminal, sources });
}

const plain: Finding = { code: "KS1201", severity: "error", message: 'unknown key "intervall"' };

describe("findings", () => {
  it("looks as the design says, with the caret inside the query and the reason below", () => {
    const source = `${"\n".repeat(11)}    jsonPath: "$contians(body, \\"x\\") and items[0]"\n`;
    const finding: Finding = {
      code: "KS1500",
      severity: "error",
      message: "unknown JSONata function $contians",
      at: spanOf(source, "$contians"),
      hint: "did you mean $contains?",
      why: 'JSONata accepts this when it parses; the monitor would stay down with "Attempted to invoke a non-function"',
    };
    expect(render(source, [finding])).toMatchInlineSnapshot(`
      "monitors.yaml:12:16: error: unknown JSONata function $contians [KS1500]
          |
       12 |     jsonPath: "$contians(body, \\"x\\") and items[0]"
          |                ^~~~~~~~~ did you mean $contains?
          |
       why: JSONata accepts this when it parses; the monitor would stay down with "Attempted to invoke a non-function"

      1 error in monitors.yaml
      "
    `);
  });

  it("shows the second place that explains the first, in its own file", () => {
    const source = `${"\n".repeat(17)}    notifications: [pagerdutty]\n`;
    const other = "notifications:\n\n  pagerduty:\n";
    const finding: Finding = {
      code: "KS1301",
      severity: "error",
      message: 'notification "pagerdutty" is not declared',
      at: spanOf(source, "pagerdutty"),
      related: { message: "a similar key is declared here", at: spanOf(other, "pagerduty", "notifications.yaml") },
    };
    expect(render(source, [finding], { "notifications.yaml": other })).toMatchInlineSnapshot(`
      "monitors.yaml:18:21: error: notification "pagerdutty" is not declared [KS1301]
          |
       18 |     notifications: [pagerdutty]
          |                     ^~~~~~~~~~ used here
         ::: notifications.yaml:3:3
        3 |   pagerduty:
          |   --------- a similar key is declared here

      1 error in monitors.yaml
      "
    `);
  });

  it("says where a related place is also when its source is not at hand", () => {
    const at = { file: "gone.yaml", line: 3, column: 1, endLine: 3, endColumn: 2 };
    expect(render("a: 1\n", [{ ...plain, at: spanOf("a: 1\n", "a"), related: { message: "first declared here", at } }]))
      .toMatchInlineSnapshot(`
      "monitors.yaml:1:1: error: unknown key "intervall" [KS1201]
         |
       1 | a: 1
         | ^ used here
        ::: gone.yaml:3:1
       note: first declared here

      1 error in monitors.yaml
      "
    `);
  });

  it.each([
    ["tabs", "\tname:\tintervall: 30"],
    ["wide characters", 'name: "日本語 サービス", intervall: 30'],
    ["emoji", 'name: "🦄 👨‍👩‍👧", intervall: 30'],
    ["combining characters", 'name: "e\u0301", intervall: 30'],
    ["escape codes", 'name: "\u001B[31m", intervall: 30'],
  ])("stands under the right character after %s", (_name, source) => {
    expect(render(source, [{ ...plain, at: spanOf(source, "intervall") }])).toMatchSnapshot();
  });

  it("never leaves the line it marks: a place over many lines is marked to the end of the first", () => {
    const source = "body: |\n  {\n  }\n";
    const at = { file: "monitors.yaml", line: 1, column: 7, endLine: 3, endColumn: 4 };
    expect(render(source, [{ ...plain, at }])).toContain("   |       ^\n");
  });

  it("marks one column past the end of a line for what is missing there", () => {
    const at = { file: "monitors.yaml", line: 1, column: 6, endLine: 1, endColumn: 6 };
    expect(render("name:\n", [{ ...plain, at }])).toContain(" 1 | name:\n   |      ^\n");
  });

  it("shows a window of a line of a megabyte", () => {
    const source = `${"x".repeat(500_000)}intervall${"y".repeat(500_000)}`;
    const text = render(source, [{ ...plain, at: spanOf(source, "intervall") }]);
    expect(text.length).toBeLessThan(500);
    const [, , line = "", marks = ""] = text.split("\n");
    expect(line.slice(marks.indexOf("^")).startsWith("intervall")).toBe(true);
  });

  it("gives a finding without a place its hint as help", () => {
    expect(render("", [{ code: "KS1008", severity: "error", message: "there is no file", hint: "name one with -f" }]))
      .toMatchInlineSnapshot(`
      "error: there is no file [KS1008]
       help: name one with -f

      1 error
      "
    `);
  });

  it("shows fifty, errors first, and counts the rest", () => {
    const source = "a: 1\n";
    const at = spanOf(source, "a");
    const warnings = Array.from({ length: 60 }, (): Finding => ({ ...plain, severity: "warning", at }));
    const text = render(source, [...warnings, { ...plain, at: { ...at, line: 9 } }]);
    expect(text.match(/: warning:/gu)).toHaveLength(49);
    expect(text.match(/: error:/gu)).toHaveLength(1);
    expect(text).toContain("and 11 more findings, not shown\n\n1 error and 60 warnings in monitors.yaml\n");
  });

  it("sorts by place and counts files", () => {
    const findings: readonly Finding[] = [
      { ...plain, at: { file: "b.yaml", line: 1, column: 1, endLine: 1, endColumn: 2 } },
      { ...plain, severity: "info", at: { file: "a.yaml", line: 2, column: 1, endLine: 2, endColumn: 2 } },
    ];
    const text = render("", findings);
    expect(text.indexOf("a.yaml:2:1")).toBeLessThan(text.indexOf("b.yaml:1:1"));
    expect(text).toContain("1 error and 1 note in 2 files\n");
  });

  it("is nothing at all without findings", () => {
    expect(render("", [])).toBe("");
  });
});
