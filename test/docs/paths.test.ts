/** README, AGENTS.md, the glossary, the architecture page and the decisions name only folders and files that exist. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const decisions = readdirSync(join(root, "docs/decisions")).filter((file) => file !== "README.md");
const pages = [
  "README.md",
  "AGENTS.md",
  "docs/architecture.md",
  "docs/glossary.md",
  ...decisions.map((file) => `docs/decisions/${file}`),
];
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).map((path) => {
  const isFolder = statSync(join(root, "src", path)).isDirectory();
  return `/${path.replaceAll("\\", "/")}${isFolder ? "/" : ""}`;
});

/** What a page puts in code marks, outside of code blocks. */
function codeOf(text: string): readonly string[] {
  const withoutBlocks = text.replaceAll(/^```[\s\S]*?^```/gmu, "");
  return [...withoutBlocks.matchAll(/`([^`\n]+)`/gu)].map(([, code]) => code as string);
}

/** Without names with a part to fill in, such as `src/services/<name>/` or `KSnnnn.md`. */
function repositoryPaths(page: string): readonly string[] {
  return codeOf(read(page)).filter(
    (code) => /^(?:src|test|docs|scripts|schemas|bench|action)\/[\w./-]*$/u.test(code) && !code.includes("nnnn"),
  );
}

describe("pages about the tree", () => {
  it.each(pages)("%s names only paths that exist", (page) => {
    expect(repositoryPaths(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("AGENTS.md has a row for each folder of src/, and the folders in a row exist", () => {
    const rows = [...read("AGENTS.md").matchAll(/^\| `src\/(?<room>[\w-]+)\/(?:<name>\/)?` \| (?<text>.*) \|$/gmu)];
    const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(new Set(rows.map(({ groups }) => groups?.["room"]))).toEqual(new Set(folders.map(({ name }) => name)));
    const named = rows.flatMap(({ groups }) =>
      codeOf(groups?.["text"] as string)
        .filter((code) => /^[\w-]+\/$/u.test(code) && code !== "schemas/")
        .filter(
          (code) => !sources.some((path) => path.startsWith(`/${groups?.["room"]}/`) && path.endsWith(`/${code}`)),
        ),
    );
    expect(named).toEqual([]);
  });

  it("docs/architecture.md names files and folders of src/ by the end of their paths", () => {
    const names = codeOf(read("docs/architecture.md")).filter((code) =>
      /^(?!src\/)(?:[\w-]+\/)*[\w-]+(?:\.ts|\/)$/u.test(code),
    );
    expect(names.length).toBeGreaterThan(20);
    const others = new Set(["dist/"]);
    expect(names.filter((name) => !others.has(name) && !sources.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
  });

  it("the list of decisions has their titles", () => {
    const listed = [...read("docs/decisions/README.md").matchAll(/^\| \[(\d+)\]\((\S+)\) \| (.*) \|$/gmu)].map(
      ([, number, file, title]) => ({ file, heading: `# ${number}. ${title}` }),
    );
    const written = decisions.map((file) => ({ file, heading: read(`docs/decisions/${file}`).split("\n")[0] }));
    expect(listed).toEqual(written);
  });
});
