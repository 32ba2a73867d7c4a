/** Silenced findings in what commands print and write. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { readDocument } from "./documents.ts";
import { openWorkspace } from "./workspace.ts";

const slow = "type: http, url: https://shop.example, interval: 20s, timeout: 30s, notifications: []";
const head = "version: 1\nproject: shop\n";
const yaml = `${head}policy: { findings: { KS1427: off } }
monitors:
  # kuma-sync-ignore KS1404: a report takes long
  a: { ${slow} }
  b: { type: keyword, url: https://b.example, keyword: ok, notifications: [] }
`;

const queryWith = (comment: string): string =>
  `${head}monitors:\n  ${comment}\n  q: { type: json-query, url: https://q.example, jsonPath: "status", expectedValue: "", jsonPathOperator: "!=", notifications: [], sample: { body: { status: up } } }\n`;

const byPolicy = expect.objectContaining({ by: "policy" }) as object;

describe("silenced findings", () => {
  it.each([["validate"], ["plan"], ["test"]])("are counted by %s, and not shown", async (command) => {
    const { run } = await openWorkspace(yaml);
    const { code, stdout, stderr } = await run([command]);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain("2 findings silenced\n");
    expect(stdout + stderr).not.toMatch(/KS1404|KS1427/u);
  });

  it("are listed with --verbose, with the reason", async () => {
    const { run } = await openWorkspace(yaml);
    const { stdout } = await run(["validate", "-v"]);
    expect(stdout).toContain("[KS1404] (silenced: a report takes long)");
    expect(stdout).toContain("[KS1427] (silenced by policy.findings)");
  });

  it("are in JSON as suppressed, and counted apart", async () => {
    const { run } = await openWorkspace(yaml);
    expect(readDocument(await run(["validate", "--format", "json"]))).toMatchObject({
      ok: true,
      summary: { errors: 0, warnings: 0, silenced: 2 },
      findings: [
        { code: "KS1404", suppressed: { by: "comment", reason: "a report takes long", at: { line: 5 } } },
        { code: "KS1427", suppressed: { by: "policy", at: { line: 3 } } },
      ],
    });
  });

  it("are in SARIF with their suppression, and in no annotation and no Markdown", async () => {
    const { run, folder } = await openWorkspace(yaml);
    const reports = ["sarif=s.json", "markdown=m.md"].flatMap((one) => ["--report", one]);
    await run(["validate", ...reports]);
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    expect(JSON.parse(read("s.json"))).toMatchObject({
      runs: [
        {
          results: [
            { ruleId: "KS1404", suppressions: [{ kind: "inSource", justification: "a report takes long" }] },
            { ruleId: "KS1427", suppressions: [{ kind: "external", justification: "policy.findings" }] },
          ],
        },
      ],
    });
    expect((await run(["validate", "--format", "github"])).stdout).toBe("");
    expect(read("m.md")).toContain("the configuration is valid, 2 findings silenced");
    expect(read("m.md")).not.toContain("KS1404");
  });

  it("that only test reports are silenced there, and errors are not", async () => {
    const { run, write } = await openWorkspace(queryWith("# none"));
    const findingsOf = async (): Promise<
      readonly { readonly code: string; readonly severity: string; readonly suppressed?: object }[]
    > => {
      const document = JSON.parse((await run(["test", "--format", "json"])).stdout) as {
        readonly monitors: readonly {
          readonly findings: readonly { readonly code: string; readonly severity: string }[];
        }[];
      };
      return document.monitors.flatMap(({ findings }) => findings);
    };
    const before = await findingsOf();
    const codes = [...new Set(before.map(({ code }) => code))];
    write(queryWith(`# kuma-sync-ignore ${codes.join(" ")}: meant`));
    const after = await findingsOf();
    expect(before.length).toBeGreaterThan(1);
    for (const { severity, suppressed } of after.filter(({ code }) => code !== "KS1902")) {
      expect(suppressed === undefined).toBe(severity === "error");
    }
  });

  it("of the server are silenced by the policy: a monitor that notifies nobody, in status", async () => {
    const { run, write } = await openWorkspace(`${head}monitors: { a: { type: http, url: https://a.example } }\n`);
    await run(["apply", "--auto-approve"]);
    expect((await run(["status"])).stderr).toContain("notifies nobody");
    write(`${head}policy: { findings: { KS1616: off } }\nmonitors: { a: { type: http, url: https://a.example } }\n`);
    expect((await run(["status"])).stderr).not.toContain("notifies nobody");
    expect(readDocument(await run(["status", "--format", "json"]))).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code: "KS1616", suppressed: byPolicy })]) as object[],
    });
  });

  it("do not hide an error from apply: nothing is written", async () => {
    const { run, kuma } = await openWorkspace(
      `${head}policy: { findings: { KS1201: off } }\nmonitors:\n  # kuma-sync-ignore KS1201: mine\n  a: { ${slow}, mine: 1 }\n`,
    );
    expect((await run(["apply", "--auto-approve"])).code).toBe(3);
    expect(kuma.monitors.size).toBe(0);
  });

  it("that the policy makes errors stop validate, plan and apply", async () => {
    const { run, kuma } = await openWorkspace(
      `${head}policy: { findings: { KS1404: error } }\nmonitors: { a: { ${slow} } }\n`,
    );
    for (const command of [["validate"], ["plan"], ["apply", "--auto-approve"]])
      expect((await run(command)).code).toBe(3);
    expect(kuma.monitors.size).toBe(0);
  });

  it("are not repaired by --fix", async () => {
    const { run, folder } = await openWorkspace(
      `${head}monitors:\n  a: { ${slow.replace("20s, timeout: 30s", "60s")}, basicAuthUser: a, basicAuthPass: b } # kuma-sync-ignore KS1416: later\n`,
    );
    const before = readFileSync(join(folder, "monitors.yaml"), "utf8");
    expect((await run(["validate", "--fix"])).stdout).toContain("Nothing to fix.");
    expect(readFileSync(join(folder, "monitors.yaml"), "utf8")).toBe(before);
  });
});

const unused = (fields: string, comment = "# kuma-sync-ignore KS1404: slow"): string =>
  `${head}monitors:\n  a: { type: http, url: https://a.example, notifications: [], ${fields} } ${comment}\n`;

async function codesOf(text: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { run } = await openWorkspace(text);
  const { findings } = JSON.parse((await run(["validate", "--format", "json", ...args])).stdout) as {
    readonly findings: readonly { readonly code: string; readonly suppressed?: object }[];
  };
  return findings.filter(({ suppressed }) => suppressed === undefined).map(({ code }) => code);
}

describe("a comment that silences nothing", () => {
  test("gets a note", async () => {
    expect(await codesOf(unused("interval: 60s"))).toEqual(["KS1903"]);
  });

  test.each([
    ["it silences something", unused("interval: 20s, timeout: 30s")],
    ["the value comes from a variable", `${unused("timeout: '${var:t}'")}vars: { t: 20s }\n`],
    ["the finding depends on the server", unused("interval: 60s", "# kuma-sync-ignore KS2001: old server")],
    ["the finding comes with a test", unused("interval: 60s", "# kuma-sync-ignore KS1505: known")],
  ])("gets none where %s", async (_why, text) => {
    expect(await codesOf(text)).toEqual([]);
  });

  test("gets none while there are errors, which may hide findings", async () => {
    expect(await codesOf(unused("mine: 1"))).toEqual(["KS1201"]);
  });

  test("gets none where one of the targets needs it, or only one target was asked for", async () => {
    const text = `${head}targets:
  one: { url: http://127.0.0.1:1, overrides: { monitor/a: { timeout: 10s } } }
  two: { url: http://127.0.0.1:2 }
monitors:
  # kuma-sync-ignore KS1404: slow
  a: { ${slow} }
`;
    expect(await codesOf(text)).toEqual([]);
    expect(await codesOf(text, "--target", "one")).toEqual([]);
  });

  test("says where the finding is, when that is further down in the object", async () => {
    const { run } = await openWorkspace(
      `${head}monitors:\n  # kuma-sync-ignore KS1404: slow\n  a:\n    type: http\n    url: https://a.example\n    notifications: []\n    interval: 20s\n    timeout: 30s\n`,
    );
    const { stdout } = await run(["validate"]);
    expect(stdout).toContain("move it to the line of the finding");
    expect(stdout).toContain("monitors.yaml:10:14");
  });
});
