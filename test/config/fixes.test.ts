/** Laws of `fix`: what every repair of every finding keeps, on all files that the tests have. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseDocument, visit } from "yaml";
import { expect, test } from "vitest";
import { applyFixes } from "../../src/config/source/apply-fixes.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Finding, Fix } from "../../src/model/finding.ts";
import { loadConfig } from "./load-config.ts";
import { fixtureEnv } from "./load-text.ts";

const folderOf = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url));
const files = ["err", "ok"].flatMap((name) =>
  readdirSync(folderOf(name))
    .filter((file) => /\.(?:yaml|json)$/u.test(file))
    .map((file) => [`${name}/${file}`] as const),
);
const repairing = files.filter(([path]) => isParsed(textOf(path)));

function textOf(path: string): string {
  const [name = "", file = ""] = path.split("/");
  return readFileSync(folderOf(name) + file, "utf8");
}

function isParsed(text: string): boolean {
  return parseDocument(text, { uniqueKeys: false }).errors.length === 0;
}

async function findingsOf(path: string, text: string): Promise<readonly Finding[]> {
  const [name = "", file = ""] = path.split("/");
  const source = {
    paths: [file],
    cwd: folderOf(name),
    env: fixtureEnv,
    vars: {},
    readStdin: () => Promise.resolve(""),
  };
  return (await loadConfig({ ...source, texts: new Map([[file, text]]) }, kinds)).findings;
}

function fixesIn(findings: readonly Finding[]): readonly Fix[] {
  return findings.flatMap(({ fix }) => fix ?? []);
}

async function repaired(
  path: string,
  text: string,
): Promise<{ readonly text: string; readonly first: readonly Fix[] }> {
  const file = path.split("/")[1] ?? "";
  let now = text;
  let first: readonly Fix[] | undefined;
  for (let round = 0; round < 50; round += 1) {
    const { texts, made } = applyFixes(new Map([[file, now]]), fixesIn(await findingsOf(path, now)));
    first ??= made;
    if (made.length === 0) return { text: now, first };
    now = texts.get(file) ?? "";
  }
  throw new Error(`${path} is never done`);
}

/** Of all scalars, keys among them, as YAML reads them, in their order. */
function scalarsOf(text: string): readonly string[] {
  const scalars: string[] = [];
  visit(parseDocument(text, { uniqueKeys: false }), {
    Scalar: (_key, { value }) => void scalars.push(JSON.stringify(value)),
  });
  return scalars;
}

function commentsOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => /(?:^|\s)#.*$/u.exec(line)?.[0].trim() ?? []);
}

test("some of the files have something to repair", async () => {
  const all = await Promise.all(repairing.map(async ([path]) => fixesIn(await findingsOf(path, textOf(path)))));
  expect(all.flat().length).toBeGreaterThan(30);
});

test.each(repairing)("%s: the repairs come to an end, and the findings are gone", async (path) => {
  const { text } = await repaired(path, textOf(path));
  expect(fixesIn(await findingsOf(path, text))).toEqual([]);
});

test.each(repairing)("%s: one round changes no more values than it has edits, and keeps comments", async (path) => {
  const before = textOf(path);
  const file = path.split("/")[1] ?? "";
  const { texts, made } = applyFixes(new Map([[file, before]]), fixesIn(await findingsOf(path, before)));
  const after = texts.get(file) ?? "";
  const left = [...scalarsOf(after)];
  const gone = scalarsOf(before).filter((scalar) => {
    const at = left.indexOf(scalar);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  const edits = made.flatMap((fix) => fix.edits);
  expect(gone.length).toBeLessThanOrEqual(edits.length);
  expect(isParsed(after)).toBe(true);
  // A comment of another language may become one of YAML.
  expect(commentsOf(after)).toEqual(expect.arrayContaining([...commentsOf(before)]));
});

const crlf = (text: string): string => `\uFEFF${text.replace("\uFEFF", "").replaceAll(/\r?\n/gu, "\r\n")}`;

test.each(repairing)("%s: with CRLF and a byte order mark the same is repaired, and both stay", async (path) => {
  const plain = await repaired(path, textOf(path));
  const other = await repaired(path, crlf(textOf(path)));
  expect(other.text.replaceAll("\r\n", "").includes("\n")).toBe(false);
  expect(other.text.startsWith("\uFEFF")).toBe(true);
  expect(other.first.map(({ title }) => title)).toEqual(plain.first.map(({ title }) => title));
});
