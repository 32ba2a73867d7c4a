/** `explain` for everything that a message refers to. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { findingTitles } from "../../src/model/finding-codes.ts";
import { columnsOf } from "../../src/output/layout/columns.ts";
import { renderExplanation } from "../../src/output/human/explanation.ts";
import { createStyle } from "../../src/output/style.ts";
import { explainKind, explainVariant } from "../../src/workflows/explaining/explain-kind.ts";
import { readDocument } from "./documents.ts";
import { runMain } from "./fake-context.ts";

const style = createStyle({ color: false, unicode: false });
const variants = [...kinds.values()].flatMap((kind) => kind.variants.map((variant) => ({ kind, variant })));

async function explained(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runMain(["explain", ...words]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

describe("topics", () => {
  test.each([
    ["4009", "# KS4009:"],
    ["ks1505", "# KS1505:"],
    ["types", "types\nThe 34 types"],
    ["monitor", "types\nThe 34 types"],
    ["monitors", "types\nThe 34 types"],
    ["http", "http\nRequests a URL"],
    ["HTTP", "http\nRequests a URL"],
    ["json_query", "json-query\n"],
    ["tcp", "port\n"],
    ["notification", "notification\nThe 109 types"],
    ["discord", "notification discord\n"],
    ["pagerduty", "notification PagerDuty\n"],
    ["Bark", "notification Bark\n"],
    ["smtp", "monitor smtp\n"],
    ["notification smtp", "notification smtp\n"],
    ["monitor smtp", "smtp\n"],
    ["status-page", "status-page\n"],
    ["status_pages", "status-page\n"],
    ["docker-host", "docker-host\n"],
    ["kinds", "kinds\n"],
    ["configuration", "configuration\n"],
    ["policy", "policy\n"],
    ["onRemove", "onRemove\n"],
    ["resendEvery", "resendEvery\n"],
    ["select", "select\n"],
    ["interval", "interval\nA field of every monitor."],
    ["http timeout", "timeout\n"],
    ["http.timeout", "timeout\n"],
    ["codes", "KS1001  file cannot be read\n"],
  ])("%s", async (words, start) => {
    expect((await explained(...words.split(" "))).slice(0, start.length)).toBe(start);
  });

  test.each([
    ["505", "KS1505"],
    ["KS4O09", "KS4009"],
    ["htpp", "http"],
    ["notificaton", "notification"],
    ["notification slak", "notification slack"],
    ["http urll", "http url"],
    ["intervall", "interval"],
  ])("%s is guessed", async (words, near) => {
    const { code, stderr } = await runMain(["explain", ...words.split(" ")]);
    expect(code).toBe(64);
    expect(stderr).toContain(`did you mean "kuma-sync explain ${near}"?`);
  });

  test("words that stand for nothing lead to the lists", async () => {
    const { code, stderr } = await runMain(["explain", "teapot"]);
    expect(code).toBe(64);
    expect(stderr).toContain("explain codes, types, notification, kinds, services, configuration");
  });

  test("a type and a provider of the same name lead to each other", async () => {
    expect(await explained("smtp")).toContain("kuma-sync explain notification smtp");
  });
});

test("a field has its type, its default, its release and its name on the server", async () => {
  const text = await explained("http");
  expect(text).toContain("  url: text; required\n");
  expect(text).toContain("  maxRedirects: whole number, 0 or more; default 10; in Uptime Kuma: maxredirects\n");
  expect(text).toContain("  cacheBust: true or false; default false; Uptime Kuma 2.0 and later\n");
});

test.each(variants)("all fields of $kind.name $variant.type are there, within 80 columns", ({ kind, variant }) => {
  const explanation = explainVariant({ kind, variant }, []);
  const names = explanation.sections.flatMap(({ entries }) => entries.map(({ name }) => name));
  expect(names).toEqual(expect.arrayContaining(Object.keys(variant.fields)));
  // What can be copied stays on one line.
  const { example: _example, ...words } = explanation;
  const text = renderExplanation(words, { style, width: 80 });
  expect(text.split("\n").filter((line) => columnsOf(line) > 80)).toEqual([]);
});

test("the list of types names every type with what it needs", () => {
  const kind = kinds.get("monitor");
  if (kind === undefined) throw new Error("there are no monitors");
  const [list] = explainKind(kind).sections;
  expect(list?.entries.map(({ name }) => name)).toEqual(kind.variants.map(({ type }) => type));
  expect(list?.entries.find(({ name }) => name === "docker")?.description).toContain(
    "Needs dockerContainer, dockerHost.",
  );
});

test.each(["types", "http", "notification", "kinds", "configuration", "interval", "4009", "codes"])(
  "--format json: %s",
  async (topic) => {
    const document = readDocument(await runMain(["explain", topic, "--format", "json"]));
    expect(["kuma-sync.explanation", "kuma-sync.code", "kuma-sync.codes"]).toContain(document["type"]);
  },
);

test("every command that a message of the configuration names can be run", async () => {
  const folder = new URL("../fixtures/err/", import.meta.url);
  const outs = ["pasted-types", "pasted-keys", "notification-types", "unknown-top-level"];
  const texts = outs.map((name) => readFileSync(new URL(`${name}.out`, folder), "utf8")).join("");
  const topics = new Set([...texts.matchAll(/kuma-sync explain ([a-z]+)/gu)].map(([, topic = ""]) => topic));
  expect(topics.size).toBeGreaterThan(1);
  for (const topic of topics) await explained(topic);
});

test("every code can be given as a bare number", async () => {
  const [code = ""] = Object.keys(findingTitles);
  expect(await explained(code.slice(2))).toContain(`# ${code}:`);
});
