/** Every link between the files of this repository leads somewhere, and the index has every page. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { anchor } from "./reference/markdown.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}

const docs = markdownBelow("docs");
const pages = ["README.md", "AGENTS.md", "CHANGELOG.md", ...docs, ...markdownBelow("examples")];

/** Without what stands in blocks and between backticks, where brackets are no links. */
function proseOf(file: string): string {
  const text = readFileSync(join(root, file), "utf8").replaceAll(/^ *```.*?^ *```/gmsu, "");
  return text.replaceAll(/(?<!\[)`[^`\n]*`(?!\])/gu, "");
}

function linksOf(file: string): readonly string[] {
  return [...proseOf(file).matchAll(/\]\(([^()\s]+)\)/gu)].map(([, to = ""]) => to);
}

function anchorsOf(file: string): ReadonlySet<string> {
  const text = readFileSync(file, "utf8").replaceAll(/^ *```.*?^ *```/gmsu, "");
  const headings = [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading = ""]) => anchor(heading));
  // A heading that comes again gets a number.
  return new Set(
    headings.map((one, index) => {
      const before = headings.slice(0, index).filter((other) => other === one).length;
      return before === 0 ? one : `${one}-${before}`;
    }),
  );
}

function problemOf(file: string, link: string): string | undefined {
  const [path = "", fragment] = link.split("#");
  const target = path === "" ? join(root, file) : resolve(root, dirname(file), path);
  if (relative(root, target).startsWith("..")) return "leads out of the repository";
  if (!existsSync(target)) return "is not there";
  if (fragment === undefined || statSync(target).isDirectory()) return undefined;
  return anchorsOf(target).has(fragment) ? undefined : "has no such heading";
}

describe("links", () => {
  test.each(pages)("of %s", (file) => {
    const inside = linksOf(file).filter((link) => !/^[a-z]+:/u.test(link));
    const broken = inside.flatMap((link) => {
      const problem = problemOf(file, link);
      return problem === undefined ? [] : [`${link} ${problem}`];
    });
    expect(broken).toEqual([]);
  });

  test("are found at all", () => {
    expect(linksOf("docs/README.md").length).toBeGreaterThan(10);
    expect(problemOf("README.md", "docs/no-such-page.md")).toBe("is not there");
    expect(problemOf("README.md", "docs/README.md#no-such-heading")).toBe("has no such heading");
  });
});

test("the index names every page, and pages of folders with an index of their own by that", () => {
  const named = new Set(linksOf("docs/README.md").map((link) => join("docs", link.split("#")[0] ?? "")));
  const isNamed = (page: string): boolean => named.has(page) || named.has(join(dirname(page), "README.md"));
  expect(docs.filter((page) => page !== "docs/README.md" && !isNamed(page))).toEqual([]);
});
