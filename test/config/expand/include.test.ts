import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../src/config/config.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { loadConfig } from "../load-config.ts";
import { findingLine, fixtureEnv } from "../load-text.ts";

const head = "version: 1\nproject: p\n";

const readStdin = (): Promise<string> => Promise.resolve("");

/** Loads `conf/main.yaml`, or `paths` below `conf/`, of a folder with these files. */
async function load(
  files: Readonly<Record<string, string>>,
  {
    paths = ["main.yaml"],
    links = {},
  }: { readonly paths?: readonly string[]; readonly links?: Readonly<Record<string, string>> } = {},
): Promise<Config> {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-include-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(join(folder, target), join(folder, name));
  const cwd = join(folder, "conf");
  const config = await loadConfig({ paths, cwd, env: fixtureEnv, vars: {}, readStdin }, kinds);
  return { ...config, findings: config.findings.filter(({ code }) => code !== "KS1616") };
}

const keysOf = ({ entities }: Config): readonly string[] => entities.map(({ key }) => key.replace("monitor/", ""));
const linesOf = ({ findings }: Config): readonly string[] => findings.map(findingLine);
const monitor = (key: string): string => `monitors: { ${key}: { type: group } }\n`;

test.for([
  ["a file", "include: a.yaml", ["main", "a"]],
  ["a list of files, in order", "include: [b.yaml, a.yaml]", ["main", "b", "a"]],
  ["a folder and what is below it", "include: team", ["main", "one", "two"]],
  ["a pattern", "include: team/*.yaml", ["main", "one"]],
  ["each file once", "include: [a.yaml, ./a.yaml, team/../a.yaml]", ["main", "a"]],
  ["nothing", "include:", ["main"]],
  ["an empty list", "include: []", ["main"]],
  ["behind an alias", "x-files: &files [a.yaml]\ninclude: *files", ["main", "a"]],
  ["itself", "include: main.yaml", ["main"]],
  ["the folder it lies in", "include: .", ["main", "a", "b", "one", "two"]],
] as const)("%s", async ([, include, expected]) => {
  const config = await load({
    "conf/main.yaml": `${head}${include}\n${monitor("main")}`,
    "conf/a.yaml": monitor("a"),
    "conf/b.yaml": monitor("b"),
    "conf/team/one.yaml": monitor("one"),
    "conf/team/deeper/two.yml": monitor("two"),
  });
  expect(linesOf(config)).toEqual([]);
  expect(keysOf(config).toSorted()).toEqual(expected.toSorted());
});

test("files that include each other are read once each", async () => {
  const config = await load({
    "conf/main.yaml": `${head}include: a.yaml\n${monitor("main")}`,
    "conf/a.yaml": `include: [b.yaml, main.yaml]\n${monitor("a")}`,
    "conf/b.yaml": `include: a.yaml\n${monitor("b")}`,
  });
  expect(linesOf(config)).toEqual([]);
  expect(keysOf(config)).toEqual(["main", "a", "b"]);
});

test("paths are relative to the file that has them, also those of its values", async () => {
  const config = await load({
    "conf/main.yaml": `${head}include: team/index.yaml\ntemplates: { t: { type: group } }\n`,
    "conf/team/index.yaml": "include: more.yaml\n",
    "conf/team/more.yaml": 'monitors: { m: { use: t, description: "${file:text.txt}" } }\n',
    "conf/team/text.txt": "hello",
  });
  expect(linesOf(config)).toEqual([]);
  expect(config.entities[0]?.written).toEqual({ description: "hello" });
});

test("a file that -f names too counts once", async () => {
  const files = { "conf/main.yaml": `${head}include: a.yaml\n`, "conf/a.yaml": monitor("a") };
  const config = await load(files, { paths: ["a.yaml", "main.yaml"] });
  expect(linesOf(config)).toEqual([]);
  expect(keysOf(config)).toEqual(["a"]);
});

describe("what cannot be included is reported where it is included", () => {
  test.for([
    ["missing.yaml", 'main.yaml:3:11: error: cannot read "missing.yaml": there is no such file [KS1001]'],
    [
      "teem.yaml",
      'main.yaml:3:11: error: cannot read "teem.yaml": there is no such file [KS1001] (did you mean "team.yaml"?)',
    ],
    ["'*.yml'", 'main.yaml:3:11: error: no file matches "*.yml" [KS1008] (a pattern is relative to this file)'],
    ["empty", 'main.yaml:3:11: error: no YAML file in "empty" [KS1008] (files must end in .yaml or .yml)'],
    [
      "5",
      'main.yaml:3:11: error: each item of "include" must be a path [KS1202] (name a file or a folder, relative to this file)',
    ],
    [
      "{ file: a }",
      'main.yaml:3:11: error: each item of "include" must be a path [KS1202] (name a file or a folder, relative to this file)',
    ],
    [
      "'https://x.example/a.yaml'",
      "main.yaml:3:11: error: an include cannot be an address: nothing is fetched [KS1756] (name a file or a folder, relative to this file)",
    ],
    [
      "'${var:team}.yaml'",
      "main.yaml:3:11: error: an include cannot have variables [KS1756] (name a file or a folder, relative to this file)",
    ],
  ] as const)("%s", async ([include, expected]) => {
    const config = await load({
      "conf/main.yaml": `${head}include: [${include}]\n${monitor("main")}`,
      "conf/team.yaml": monitor("team"),
      "conf/empty/readme.md": "",
    });
    expect(linesOf(config)).toEqual([expected]);
  });

  test("mistakes in an included file are in that file", async () => {
    const config = await load({
      "conf/main.yaml": `${head}include: a.yaml\n`,
      "conf/a.yaml": "monitors: { m: { type: htttp } }\n",
    });
    expect(linesOf(config)[0]).toMatch(/^a\.yaml:1:24: error: unknown monitor type/u);
  });

  test("a file that is not YAML", async () => {
    const config = await load({ "conf/main.yaml": `${head}include: a.yaml\n`, "conf/a.yaml": "- a\n" });
    expect(linesOf(config)[0]).toMatch(/^a\.yaml:1:1: error: /u);
  });
});

describe("nothing outside of the configuration's folder is read", () => {
  const secret = "monitors: { stolen: { type: group } }\n";
  const outside = { "secret/a.yaml": secret, "secret.yaml": secret };

  test.for([
    "../secret.yaml",
    "../secret",
    "../secret/*.yaml",
    "team/../../secret.yaml",
    "'{..,team}/../secret/a.yaml'",
    "/etc",
    "/proc/self/environ",
    "/dev/stdin",
    "link.yaml",
    "linked",
    "linked/*.yaml",
  ])("%s", async (include) => {
    const config = await load(
      { ...outside, "conf/main.yaml": `${head}include: [${include}]\n`, "conf/team/own.yaml": monitor("own") },
      { links: { "conf/link.yaml": "secret.yaml", "conf/linked": "secret" } },
    );
    expect(keysOf(config).filter((key) => key !== "own")).toEqual([]);
    expect(config.findings.length).toBeGreaterThan(0);
    expect(config.findings.every(({ at }) => at?.line === 3)).toBe(true);
  });
});
