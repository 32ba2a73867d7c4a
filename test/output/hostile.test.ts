import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Plan, Step } from "../../src/model/plan.ts";
import type { ReportData } from "../../src/model/report-data.ts";
import { renderData } from "../../src/output/render-data.ts";
import { applied, findingsData, planData, tested } from "./run-data.ts";
import { planOf } from "./sample-plan.ts";
import { openSources } from "./open-sources.ts";

const fragments = [
  "\u001B[2J",
  "\u001B]8;;https://evil.example\u0007",
  "\n",
  "\r",
  "\u2028",
  "\u202E",
  "::error::x",
  "::set-output name=a::b",
  "##[group]x",
  "```",
  "`",
  "~~~",
  "@everyone",
  "@org/team",
  "#12",
  "GH-12",
  "<script>alert(1)</script>",
  "</script>",
  "<img src=x onerror=alert(1)>",
  "</details></summary></code>",
  "<!--",
  "-->",
  "javascript:alert(1)",
  '" onclick="alert(1)',
  "' x='",
  "|",
  "[a](javascript:alert(1))",
  "![a](https://evil.example/x.png)",
  "https://evil.example",
  "\\",
  "*b*",
  "_i_",
  "%0A::error::x",
  "%",
  ",",
  "&lt;",
  "$x$",
  "1. ",
  "- ",
  "# h",
  "{0}",
  "]]>",
  " ",
  "日本",
];

const hostile = fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));

function hostileSteps(text: string): readonly Step[] {
  const key = `monitor/${text}` as const;
  const at = { file: text, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const base = { key, kind: "monitor", name: text, dependsOn: [] } as const;
  const changes = [
    {
      path: `/${text.replaceAll("/", "~1")}`,
      sensitive: false,
      before: text,
      after: { [text]: [text] },
      cause: "server",
    },
    { path: "/body", sensitive: false, before: `a\n${text}`, after: `b\n${text}\n` },
    { path: "/plain", sensitive: false, before: text, after: `${text}!` },
    {
      path: "/groups",
      sensitive: false,
      before: [],
      after: [],
      selected: [{ group: text, added: [{ key, by: { tag: { [text]: text } } }], removed: [{ name: text }] }],
    },
  ] as const;
  return [
    { ...base, action: "create", changes, at },
    { ...base, action: "update", id: 1, changes, at },
    { ...base, action: "move", id: 1, from: key, changes, at },
    { ...base, action: "take-over", id: 1, from: text, changes, at },
    { ...base, action: "delete", id: 1, history: { since: text } },
    { ...base, action: "retire", id: 1 },
  ];
}

function hostilePlan(text: string): Plan {
  return planOf(hostileSteps(text), {
    project: text,
    server: { url: text, version: text },
    ledgerNote: text,
    isPartial: true,
    blockers: [{ code: "KS4001", message: text, keys: [`monitor/${text}`], waysOn: [text] }],
    impact: {
      checksPerMinute: { before: 1, after: 2 },
      coverage: [{ key: `monitor/${text}`, loss: "notification", detail: text }],
    },
    cost: {
      before: { requests: 1, completions: 1, tokens: 1 },
      after: { requests: 1, completions: 2, tokens: 1 },
      monitors: [{ key: `monitor/${text}`, after: { requests: 1, completions: 2, tokens: 1 } }],
    },
  });
}

function hostileRuns(text: string): readonly ReportData[] {
  const at = { file: text, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const finding: Finding = {
    code: "KS1201",
    severity: "error",
    message: text,
    hint: text,
    why: text,
    at,
    related: { message: text, at },
  };
  const findings = [finding, { ...finding, at: { ...at, file: "known.yaml" } }];
  const sources = openSources({ "known.yaml": `${text}\n${text}` });
  const error = { message: text, hint: text, isMaybeApplied: true, isConnectionLost: false };
  const key = `monitor/${text}` as const;
  const plan = hostilePlan(text);
  return [
    planData(plan, { findings, sources, target: text }),
    { ...findingsData(findings), sources, project: text },
    {
      ...applied,
      plan,
      findings,
      sources,
      refusal: text,
      result: "refused",
      report: {
        outcomes: [
          { key, action: "update", result: "failed", error },
          { key: `monitor/b${text}`, action: "create", result: "skipped", because: key },
        ],
        verification: { state: "remaining", blockers: [], steps: [{ key, action: "update", paths: [`/${text}`] }] },
        interrupted: false,
        ok: false,
      },
      firstHeartbeats: [{ key, id: 1, state: "down", message: text }],
    },
    {
      ...tested,
      project: text,
      probes: [{ key, name: text, status: "down", message: text, notes: [] }],
      monitors: [{ key, name: text, tests: [], findings }],
    },
    { type: "error", outcome: { type: "failed", error: undefined }, error: { kind: "bug", message: text, hint: text } },
  ];
}

function everyHostile(format: Parameters<typeof renderData>[1], check: (text: string) => void): void {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const data of hostileRuns(text)) check(renderData(data, format, "1.0.0"));
    }),
    { numRuns: 150 },
  );
}

/** What Markdown looks at: without fences, code spans, code elements and escaped characters. */
function liveMarkdown(text: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const ticks = /^(?<ticks>`{3,})[a-z]*$/u.exec(line)?.groups?.["ticks"];
    if (fence === undefined && ticks !== undefined) fence = ticks;
    else if (fence === undefined) lines.push(line);
    else if (ticks !== undefined && ticks.length >= fence.length) fence = undefined;
  }
  expect(fence).toBeUndefined();
  return withoutSpans(lines.join("\n").replaceAll(/<code>[^<]*<\/code>/gu, ""));
}

/** Read from the left as Markdown is: a backslash counts outside of code spans, and not inside. */
function withoutSpans(text: string): string {
  let live = "";
  for (let index = 0; index < text.length; index += 1) {
    const ticks = /^`+/u.exec(text.slice(index))?.[0] ?? "";
    if (text[index] === "\\") index += 1;
    else if (ticks === "") live += text.charAt(index);
    else {
      const after = text.slice(index + ticks.length);
      const end = [...after.matchAll(/`+/gu)].find(([run]) => run === ticks)?.index;
      expect(end, "an open code span").toBeDefined();
      expect(after.slice(0, end)).not.toContain("\n");
      index += ticks.length + (end ?? 0) + ticks.length - 1;
    }
  }
  return live;
}

/** What we make bold ourselves. */
const bold =
  /\*\*(?<text>PARTIAL PLAN:|KS\d{4}|error|warning|failed|down|kuma-sync:|would erase [^*\n]*|its history [^*\n]*)\*\*/gu;

describe("names and messages are shown and not obeyed", () => {
  it("in no format a control character or a runner's command is left", () => {
    for (const format of ["json", "markdown", "html", "sarif", "junit"] as const) {
      everyHostile(format, (text) => {
        expect(text).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]|##\[/u);
        expect(text).not.toMatch(/^\s*::/mu);
      });
    }
  });

  it("Markdown: no mention, no reference, no markup, no comment but the tag", () => {
    everyHostile("markdown", (text) => {
      const live = liveMarkdown(text.replace(/^<!-- kuma-sync:[\w%.!~*'():]+ -->\n/u, ""));
      // As it is rendered: the zero width space stands between the sign and what it would be a sign of.
      expect(live.replaceAll("&#8203;", "\u200B")).not.toMatch(/[@#][\w/]|\bGH-\d/iu);
      expect(live.replaceAll(/<\/?(?:details|summary|br)>/gu, "")).not.toMatch(/<|>/u);
      expect(live.replaceAll(bold, "$<text>")).not.toMatch(/\]\(|https?:\/\/|[*_`]/u);
    });
  });

  it("GitHub: every line is one command of ours", () => {
    everyHostile("github", (text) => {
      for (const line of text.split("\n").slice(0, -1)) {
        expect(line).toMatch(
          /^::(?:error|warning|notice) (?:file=[^:,\s%]*(?:%[^:,]*|[^:,])*,line=\d+,(?:col=\d+,endColumn=\d+,)?)?title=[^:,]+::/u,
        );
        expect(line).not.toMatch(/[^\P{C}]/u);
      }
    });
  });

  it("HTML: only our own elements and attributes", () => {
    const ours =
      /^<(?:!doctype html|\/?(?:html lang="en"|html|head|body|main|header|footer|title|style|script|h1|h2|p|ul|li|code|pre|mark|br|table|thead|tbody|tr|td|th|details|summary|div|span|label|input|button|a|meta)|(?:meta|a|p|div|span|ul|li|main|details|table|td|th|tr|h2|input|button|label)(?: (?:class|id|lang|charset|name|content|http-equiv|href|colspan|scope|data-action|open|role|aria-label|type|value|placeholder|checked|hidden)(?:="[^"]*")?)+)>$/u;
    everyHostile("html", (page) => {
      const body = page.replaceAll(/<(?<tag>style|script)>[^]*?<\/\k<tag>>/gu, "");
      for (const [tag] of body.matchAll(/<[^>]*>/gu)) expect(tag).toMatch(ours);
      expect(page.match(/<script/gu)).toHaveLength(1);
      expect([...body.matchAll(/href="(?<to>[^"]*)"/gu)].map((match) => match.groups?.["to"])).toEqual(["#main"]);
    });
  });

  it("SARIF and JSON: valid, with the same values", () => {
    everyHostile("sarif", (text) => expect(JSON.parse(text)).toHaveProperty("version", "2.1.0"));
    fc.assert(
      fc.property(hostile, (text) => {
        const [plan] = hostileRuns(text);
        if (plan === undefined) throw new Error("no run");
        expect(JSON.parse(renderData(plan, "json", "1.0.0"))).toMatchObject({ project: text });
      }),
    );
  });
});
