/** Facts are cited by page and heading of docs/upstream/. A clone can follow every citation. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** As GitHub makes anchors of headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replaceAll(/\s+/gu, "-");
}

function anchorsOf(page: string): ReadonlySet<string> {
  const text = readFileSync(join(root, "docs/upstream", page), "utf8");
  return new Set([...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = ""]) => anchorOf(heading)));
}

const pages = new Map(
  readdirSync(join(root, "docs/upstream"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => [file, anchorsOf(file)] as const),
);

const texts = ["src", "test", "bench", "scripts"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|mjs)$/u.test(file) && !file.endsWith("upstream.test.ts"))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), "utf8") })),
);

it("every cited heading exists", () => {
  const cited = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/docs\/upstream\/([\w-]+\.md)(?:#([\w-]+))?/gu)].map(([citation, page = "", anchor]) => ({
      file,
      citation,
      isFound: anchor === undefined ? pages.has(page) : pages.get(page)?.has(anchor) === true,
    })),
  );
  expect(cited.filter(({ isFound }) => !isFound).map(({ file, citation }) => `${file}: ${citation}`)).toEqual([]);
  expect(cited.length).toBeGreaterThan(100);
});

it("nothing is cited that a clone does not have", () => {
  const elsewhere =
    /(?<!upstream\/)\b(?:uptime-kuma-(?:api|newer)|open-webui-(?:api|newer)|jsonata|cli|peers|style)\.md\b|\b(?:quirk|trap)s? \d+/u;
  const found = texts
    .filter(({ text }) => elsewhere.test(text))
    .map(({ file, text }) => `${file}: ${elsewhere.exec(text)?.[0]}`);
  expect(found).toEqual([]);
});
