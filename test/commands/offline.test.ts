/** A pull request that wants to see a secret, and files that an operator names. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { misreadIn } from "../../src/secrets/misread-secret.ts";
import { builtProgram } from "../cli/built-program.ts";
import { runMain } from "./fake-context.ts";

function folderWith(yaml: string): string {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-offline-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "monitors.yaml"), yaml);
  return folder;
}

/** Queries that spell a secret with dashes, so that no redactor knows it. */
const computed = `version: 1
project: fork
monitors:
  a:
    name: A
    type: json-query
    url: http://127.0.0.1:9/x
    jsonPath: '"x" & $join($split(a,""),"-")'
    expectedValue: ok
    tests:
      - { name: t1, expect: up, body: { a: "\${env:AWS_SECRET_ACCESS_KEY}" } }
      - { name: t2, expect: down, body: { a: "\${env:AWS_SECRET_ACCESS_KEY}" } }
  c:
    name: C
    type: json-query
    url: http://127.0.0.1:9/x
    jsonPath: '"x" & $join($split(a,""),"-")'
    expectedValue: ok
    sample: { body: { a: "\${env:AWS_SECRET_ACCESS_KEY}" } }
  d:
    name: D
    type: json-query
    url: http://127.0.0.1:9/x
    jsonPath: '"x" & $join($split("\${env:AWS_SECRET_ACCESS_KEY}",""),"-") & a'
    expectedValue: ok
    sample: { body: { a: "q" } }
    tests: [{ name: t1, expect: up, body: { a: "z" } }]
`;

describe("a query that spells a secret", () => {
  it.each([["human"], ["json"], ["markdown"], ["github"]])("gets a placeholder, in %s format", async (format) => {
    const cwd = folderWith(computed);
    const env = { AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" };
    const ended = await runMain(["test", "--format", format, "-v"], { cwd, env });
    expect(ended.code).toBe(9);
    expect(ended.stdout + ended.stderr).not.toMatch(/w-?J-?a-?l-?r/u);
    expect(ended.stdout).toContain("tested with a placeholder");
  });

  it("and a file of the machine are refused", async () => {
    const test = "tests: [{ expect: up, file: /etc/hostname }, { expect: up, file: /proc/self/environ }]";
    const yaml = `version: 1\nproject: fork\nmonitors: { b: { type: keyword, url: "http://127.0.0.1:9/x", keyword: a, ${test} } }\n`;
    const { code, stderr } = await runMain(["test"], { cwd: folderWith(yaml) });
    expect([code, stderr.match(/\[KS1107\]/gu)]).toEqual([3, ["[KS1107]", "[KS1107]"]]);
  });
});

describe("a test's message about a file", () => {
  it("is shown shortened", async () => {
    const test = "tests: [{ name: long, expect: up, file: long.json }]";
    const query = `jsonPath: '"x" & text', expectedValue: ok`;
    const cwd = folderWith(
      `version: 1\nproject: fork\nmonitors: { b: { type: json-query, url: "http://127.0.0.1:9/x", ${query}, ${test} } }\n`,
    );
    writeFileSync(join(cwd, "long.json"), JSON.stringify({ text: "abcdefghij".repeat(100) }));
    const { stdout } = await runMain(["test", "--format", "json"], { cwd });
    expect(stdout).toContain("abcdefghij");
    expect(stdout).not.toContain("abcdefghij".repeat(9));
  });
});

describe("a file that the operator names", () => {
  it.skipIf(process.platform === "win32")("may be anything but what would block", () => {
    const cwd = folderWith("version: 1\nproject: x\n");
    execFileSync("mkfifo", [join(cwd, "fifo")]);
    writeFileSync(join(cwd, "body.json"), '{ "status": "ok" }');
    const run = (words: string): { readonly status: number | null; readonly text: string } => {
      const shell = `${JSON.stringify(process.execPath)} ${JSON.stringify(builtProgram())} ${words}`;
      const { status, stdout, stderr } = spawnSync("bash", ["-c", shell], { cwd, encoding: "utf8", timeout: 50_000 });
      return { status, text: stdout + stderr };
    };
    expect(run("query status --expect ok --body body.json").status).toBe(0);
    expect(run(`query status --expect ok --body <(echo '{ "status": "ok" }')`).status).toBe(0);
    expect(run("validate -f <(cat monitors.yaml)")).toMatchObject({ status: 0 });
    expect(run("query status --body fifo")).toEqual({
      status: 64,
      text: expect.stringContaining('cannot read "fifo": it is a FIFO, and only regular files are read') as string,
    });
    expect(run("query status --body .").text).toContain('cannot read ".": it is a folder');
    expect(run("validate --file-root nothing").text).toContain('--file-root: "nothing" is not there');
  });
});

describe("a secret inside a URL", () => {
  const text = fc.string({ minLength: 1, unit: fc.constantFrom(...Array.from("ab1-._~@:/?#[]!$&'()*+,;=%2 \\\n")) });

  it.each([
    ["login", "https://user:", "@host.example/x?a=b", ({ host, pathname, search }: URL) => [host, pathname, search]],
    [
      "parameter",
      "https://h.example/x?t=",
      "&a=b",
      ({ host, searchParams, hash }: URL) => [host, [...searchParams.keys()], hash],
    ],
    ["path", "https://h.example/x/", "", ({ host, search, hash }: URL) => [host, search, hash]],
  ])("that is not refused is read as a %s, and changes nothing around it", (_part, before, after, around) => {
    const read = text.filter((value) => misreadIn({ before, value, after }) === undefined);
    fc.assert(
      fc.property(read, (value) => {
        expect(around(new URL(before + value + after))).toEqual(around(new URL(`${before}plain${after}`)));
      }),
      { numRuns: 1000 },
    );
  });

  it("is sent as written when it is percent-encoded", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (value) => {
        const encoded = encodeURIComponent(value);
        const url = new URL(`https://user:${encoded}@host.example/${encoded}?token=${encoded}`);
        expect([decodeURIComponent(url.password), url.searchParams.get("token")]).toEqual([value, value]);
        for (const before of ["https://user:", "https://host.example/", "https://host.example/?token="]) {
          expect(misreadIn({ before, value: encoded, after: "@host.example" })).toBeUndefined();
        }
      }),
    );
  });
});
