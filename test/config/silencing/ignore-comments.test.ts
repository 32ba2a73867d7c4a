/** Comments that silence a finding where it stands, and attempts to silence more with them. */
import { describe, expect, it, test } from "vitest";
import type { Finding } from "../../../src/model/finding.ts";
import { loadText } from "../load-text.ts";

const head = "version: 1\nproject: shop\n";
const slow = "type: http, url: https://shop.example, interval: 20s, timeout: 30s";

async function findingsOf(text: string): Promise<readonly Finding[]> {
  return (await loadText(head + text)).findings;
}

/** `KS1404 silenced`, `KS1404 warning` and so on, in the order of the file. */
async function said(text: string): Promise<readonly string[]> {
  const found = await findingsOf(text);
  return found.map(({ code, severity, suppressed }) => `${code} ${suppressed === undefined ? severity : "silenced"}`);
}

const queryWith = (comment: string): string =>
  `monitors:\n  q:\n    type: json-query\n    url: https://shop.example\n    expectedValue: "1"\n    ${comment}\n    jsonPath: |\n      $count(a)\n        = 1 and “b”\n`;

const blockWith = (comment: string): string =>
  `${comment}openWebUI:\n  ${comment === "" ? "# none" : "# kuma-sync-ignore KS1718: few users"}\n  chat:\n    url: https://chat.example\n    apiKey: \${env:TOKEN}\n    completions: { m: { interval: 20s } }\n    models: [m]\n`;

describe("a comment with a code and a reason silences the finding", () => {
  const why = "# kuma-sync-ignore KS1404: slow";
  it.each([
    ["on its line", `monitors:\n  a: { ${slow} } ${why}\n`],
    ["on the line above", `monitors:\n  ${why}\n  a: { ${slow} }\n`],
    ["above other comments and an empty line", `monitors:\n  ${why}\n  # more\n\n  a: { ${slow} }\n`],
    ["in a file with CRLF", `monitors:\r\n  ${why}\r\n  a: { ${slow} }\r\n`],
    ["with tabs before it", `monitors:\n  a: { ${slow} }\t\t${why}\n`],
    ["in small letters", `monitors:\n  a: { ${slow} } # kuma-sync-ignore ks1404: slow\n`],
    ["with several codes", `monitors:\n  a: { ${slow} } # kuma-sync-ignore KS1616, KS1404: slow\n`],
    [
      "in a flow of several lines",
      `monitors:\n  a: {\n    type: http, url: https://shop.example,\n    ${why}\n    interval: 20s, timeout: 30s }\n`,
    ],
    ["behind an anchor", `monitors:\n  ${why}\n  a: &a { ${slow} }\n`],
    [
      "at a field",
      `monitors:\n  a:\n    type: http\n    url: https://shop.example\n    interval: 20s\n    ${why}\n    timeout: 30s\n`,
    ],
    [
      "at a field whose value is on the next line",
      `monitors:\n  a:\n    type: http\n    url: https://shop.example\n    interval: 20s\n    ${why}\n    timeout:\n      30s\n`,
    ],
    [
      "in defaults",
      `defaults:\n  monitor:\n    timeout: 30s ${why}\nmonitors:\n  a: { type: http, url: https://shop.example, interval: 20s }\n`,
    ],
  ])("%s", async (_where, text) => {
    expect(await said(text)).toEqual(["KS1404 silenced"]);
  });

  it("inside a text of several lines, from the line of its key", async () => {
    expect((await said(queryWith("# none"))).every((one) => !one.endsWith("silenced"))).toBe(true);
    const codes = [...new Set((await said(queryWith("# none"))).map((one) => one.split(" ")[0]))];
    const silenced = await findingsOf(queryWith(`# kuma-sync-ignore ${codes.join(" ")}: meant`));
    expect(
      silenced
        .filter(({ severity, suppressed }) => severity !== "error" && suppressed === undefined)
        .map(({ code }) => code),
    ).toEqual(silenced.filter(({ code }) => code === "KS1902").map(({ code }) => code));
  });

  it("about a monitor that a block is made into, at the block", async () => {
    expect(await said(blockWith(""))).toContain("KS1718 warning");
    expect(await said(blockWith("# yes\n"))).toContain("KS1718 silenced");
    expect(await said(blockWith("# yes\n"))).not.toContain("KS1718 warning");
  });

  it("with its reason and its place", async () => {
    const [finding] = await findingsOf(`monitors:\n  a: { ${slow} } # kuma-sync-ignore KS1404: it is slow\n`);
    expect(finding?.suppressed).toMatchObject({ by: "comment", reason: "it is slow", at: { line: 4, column: 96 } });
  });
});

describe("nothing is silenced", () => {
  test.each([
    [
      "by a text that looks like a comment",
      `monitors:\n  a: { ${slow}, description: "# kuma-sync-ignore KS1404: x" }\n`,
    ],
    [
      "by a line of a block of text",
      `monitors:\n  a:\n    type: http\n    url: https://shop.example\n    description: |\n      # kuma-sync-ignore KS1404: x\n    timeout: 30s\n    interval: 20s\n`,
    ],
    ["by a text without quotes", `monitors:\n  a: { ${slow}, description: a#kuma-sync-ignore KS1404 x }\n`],
    [
      "two lines further down",
      `monitors:\n  # kuma-sync-ignore KS1404: x\n  b: { type: http, url: https://b.example }\n  a: { ${slow} }\n`,
    ],
    ["on the line below", `monitors:\n  a: { ${slow} }\n  # kuma-sync-ignore KS1404: x\n`],
    [
      "above a block of keys, for a finding inside",
      `monitors:\n  # kuma-sync-ignore KS1404: x\n  a:\n    type: http\n    url: https://shop.example\n    interval: 20s\n    timeout: 30s\n`,
    ],
    ["above all monitors", `# kuma-sync-ignore KS1404: x\nmonitors:\n  a: { ${slow} }\n`],
    ["by another code", `monitors:\n  a: { ${slow} } # kuma-sync-ignore KS1405: x\n`],
    ["by prose", `monitors:\n  a: { ${slow} } # see kuma-sync-ignore KS1404: x\n`],
  ])("%s", async (_how, text) => {
    expect(await said(text)).toEqual(["KS1404 warning"]);
  });

  test.each([
    ["without a reason", "# kuma-sync-ignore KS1404", "KS1901"],
    ["with an empty one", "# kuma-sync-ignore KS1404:  ", "KS1901"],
    ["with one that says nothing", "# kuma-sync-ignore KS1404: ...", "KS1901"],
    ["without a colon", "# kuma-sync-ignore KS1404 it is slow", "KS1901"],
    ["without a code", "# kuma-sync-ignore", "KS1905"],
    ["for everything", "# kuma-sync-ignore: it is slow", "KS1905"],
    ["in other words", "# kuma-sync-disable KS1404: it is slow", "KS1905"],
    ["of two words", "# kuma-sync ignore KS1404: it is slow", "KS1905"],
    ["for the next line", "# kuma-sync-ignore-next-line KS1404: it is slow", "KS1905"],
    ["with a code that does not exist", "# kuma-sync-ignore KS1440: it is slow", "KS1904"],
  ])("by a comment %s, and the comment has a finding", async (_how, comment, code) => {
    expect(await said(`monitors:\n  a: { ${slow} } ${comment}\n`)).toEqual(["KS1404 warning", `${code} warning`]);
  });

  it("of an error, whatever the comment says", async () => {
    const text = "monitors:\n  # kuma-sync-ignore KS1201: mine\n  a: { type: http, url: https://a.example, mine: 1 }\n";
    expect(await said(text)).toEqual(["KS1902 warning", "KS1201 error"]);
  });
});

const policy = (level: string, code = "KS1404"): string =>
  `policy: { findings: { ${code}: ${level} } }\nmonitors:\n  a: { ${slow} }\n`;

describe("policy.findings", () => {
  test.each([
    ["off", ["KS1404 silenced"]],
    ["note", ["KS1404 info"]],
    ["warning", ["KS1404 warning"]],
    ["error", ["KS1404 error"]],
  ])("%s", async (level, expected) => {
    expect(await said(policy(level))).toEqual(expected);
  });

  it("is the word in quotes too, and no other", async () => {
    expect(await said(policy('"off"'))).toEqual(["KS1404 silenced"]);
    expect(await said(policy("silent"))).toEqual(["KS1204 error", "KS1404 warning"]);
    expect(await said(policy("off", "KS1440"))).toEqual(["KS1201 error", "KS1404 warning"]);
  });

  it("may be empty", async () => {
    expect(await said(`policy:\n  findings:\n    # KS1404: off\nmonitors:\n  a: { ${slow} }\n`)).toEqual([
      "KS1404 warning",
    ]);
  });

  it("cannot silence or lower an error", async () => {
    for (const level of ["off", "note", "warning"]) {
      const text = `policy: { findings: { KS1201: ${level} } }\nmonitors:\n  a: { type: http, url: https://a.example, mine: 1 }\n`;
      expect(await said(text)).toEqual(["KS1902 warning", "KS1201 error"]);
    }
  });

  it("leaves a place to its comment, which has a reason", async () => {
    const text = policy("error").replace("30s }", "30s } # kuma-sync-ignore KS1404: slow");
    expect(await said(text)).toEqual(["KS1404 silenced"]);
  });
});
