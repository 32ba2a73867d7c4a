/** The files that loops name: which are read, and what their values may be. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../src/config/config.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { loadConfig } from "../load-config.ts";
import { findingLine } from "../load-text.ts";

const env = { TOKEN: "env-Zq9vX3-value" };

/** A folder with the files, by path; the configuration is in `shop`. */
function openFolder(files: Readonly<Record<string, string>>): string {
  const top = mkdtempSync(join(tmpdir(), "kuma-sync-rows-"));
  onTestFinished(() => rmSync(top, { recursive: true }));
  for (const [name, text] of Object.entries({ "shop/README": "", ...files })) {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    writeFileSync(join(top, name), text);
  }
  return top;
}

const readStdin = (): Promise<string> => Promise.resolve("");

async function load(top: string, file: string, fields = 'hostname: "${each:host}"'): Promise<Config> {
  const text = `version: 1
project: p
monitors:
  "m-\${each:key}": { each: { file: "${file}" }, type: ping, ${fields}, notifications: [] }
`;
  writeFileSync(join(top, "shop/monitors.yaml"), text);
  return loadConfig({ paths: [], cwd: join(top, "shop"), env, vars: {}, readStdin }, kinds);
}

const rows = "key,host\na,a.example\n";

test("is read when it is inside, also through a link that ends inside", async () => {
  const top = openFolder({ "shop/lists/rows.csv": rows });
  symlinkSync("lists/rows.csv", join(top, "shop/link.csv"));
  for (const path of ["lists/rows.csv", "./lists/../lists/rows.csv", "link.csv"]) {
    const { findings, entities } = await load(top, path);
    expect([findings.map(findingLine), entities.map(({ key }) => key)]).toEqual([[], ["monitor/m-a"]]);
  }
});

test("is refused when it is outside, and nothing of it is shown", async () => {
  const secret = "key,host\nf1le-Zq9vX3-content,a.example\n";
  const top = openFolder({ "elsewhere/rows.csv": secret, "shop/.git/rows.csv": secret });
  symlinkSync("../elsewhere/rows.csv", join(top, "shop/link.csv"));
  symlinkSync("../elsewhere", join(top, "shop/linked"));
  const outside = ["../elsewhere/rows.csv", join(top, "elsewhere/rows.csv"), "link.csv", "linked/rows.csv"];
  for (const path of [...outside, ".git/rows.csv"]) {
    const { findings, sources } = await load(top, path);
    expect(findings.map(({ code }) => code)).toEqual(["KS1107"]);
    expect(JSON.stringify([findings, ...sources])).not.toContain("f1le-Zq9vX3");
  }
});

test("of another kind is refused without opening it", async () => {
  const top = openFolder({});
  execFileSync("mkfifo", [join(top, "shop/rows.csv")]);
  mkdirSync(join(top, "shop/folder.csv"));
  for (const path of ["rows.csv", "folder.csv", "missing.csv"]) {
    expect((await load(top, path)).findings.map(({ code }) => code)).toEqual(["KS1103"]);
  }
  expect((await load(top, "../../../../proc/self/environ")).findings.map(({ code }) => code)).toEqual(["KS1765"]);
});

test("of more than 16 MB is refused", async () => {
  const line = "a,a.example\n";
  const top = openFolder({ "shop/rows.csv": `key,host\n${line.repeat((16 * 1024 * 1024) / line.length + 1)}` });
  expect((await load(top, "rows.csv")).findings.map(findingLine)).toEqual([
    'monitors.yaml:4:36: error: cannot read "rows.csv": it is larger than 16 MB [KS1103]',
  ]);
});

test.each(["rows.csv", "rows.json", "rows.yaml"])("values of %s are text: nothing in them is read", async (file) => {
  const value = "${env:TOKEN} ${file:README} ${var:x} ${each:key}";
  const json = JSON.stringify([{ key: "a", text: value }]);
  const top = openFolder({
    "shop/rows.csv": `key,text\na,"${value}"\n`,
    "shop/rows.json": json,
    "shop/rows.yaml": json,
  });
  const { findings, entities, secrets } = await load(top, file, 'hostname: a.example, description: "x ${each:text}"');
  expect(findings.map(findingLine)).toEqual([]);
  expect(entities[0]?.written["description"]).toBe(`x ${value}`);
  expect(secrets).toEqual([]);
});

test("a mistake has its place, whatever the line breaks, blank lines and quotes before it", async () => {
  const lines = ["\u{feff}key;host", "", 'a;"a ""b"" c.example"', "", "b;b.example", " ", "b;x.example"];
  for (const separator of ["\n", "\r\n"]) {
    const top = openFolder({ "shop/rows.csv": lines.join(separator) });
    const { findings } = await load(top, "rows.csv");
    expect(findings.map(({ code, at }) => [code, at?.line, at?.column])).toEqual([
      ["KS1423", 3, 4],
      ["KS1762", 7, 1],
    ]);
  }
});

test.each([
  ["a line with a value too few", "c", "the line has fewer values than the first one"],
  [
    "a quotation mark inside of a value",
    'c,say "x"',
    "the line is not CSV: a quotation mark stands in the wrong place",
  ],
  ["a text behind a quoted value", '"c"d,e', "the line is not CSV: a quotation mark stands in the wrong place"],
  ["a quoted value without an end", 'c,"x', "a quoted value has no end"],
])("%s is reported at its line, whatever the line breaks before it", async (_what, line, message) => {
  for (const separator of ["\n", "\r\n"]) {
    const text = ["key,host", `a,"a${separator}é.example"`, "", " ", line, "d,d.example"].join(separator);
    const { findings } = await load(openFolder({ "shop/rows.csv": text }), "rows.csv");
    expect(findings.map(({ at, message: said }) => [at?.file, at?.line, at?.column, said])).toEqual([
      ["rows.csv", 6, 1, message],
    ]);
  }
});
