/** Files that were made to hurt: read or refused with a place, in the memory of a small machine and in the time of a test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { runBounded } from "./bounded-program.ts";

const head = "version: 1\nproject: shop\n";
const monitor = (key: string): string => `  ${key}: { name: ${key}, type: http, url: "https://a.example" }\n`;

/** Each level holds the one below ten times. */
function laughs(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const item = level === 0 ? "ha" : `*l${level - 1}`;
    return `  l${level}: &l${level} [${Array.from({ length: 10 }, () => item).join(", ")}]\n`;
  });
  return `${head}vars:\n${lines.join("")}  top: *l${levels - 1}\n`;
}

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
}

const repeated = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join("");

const small = `${head}monitors:\n${monitor("api")}`;

/** What it is called, its bytes, the exit code, and the code of a finding that there must be. */
const files: readonly (readonly [what: string, make: () => string | Buffer, code: 0 | 3, finding?: string])[] = [
  ["a billion laughs", () => laughs(9), 3, "KS1009"],
  ["twelve levels of them", () => laughs(12), 3, "KS1009"],
  ["laughs in keys", () => `${head}a: &a { x: y }\nmonitors: { *a : *a }\n`, 3],
  ["an alias of itself", () => `${head}monitors: &m { api: *m }\n`, 3, "KS1009"],
  ["10,000 lists in lists", () => `${head}monitors: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`, 3, "KS1006"],
  ["10,000 lists that stay open", () => `${head}monitors: ${"[".repeat(10_000)}`, 3, "KS1006"],
  ["10,000 mappings in mappings", () => `${head}monitors: ${"{a: ".repeat(10_000)}`, 3, "KS1006"],
  [
    "10,000 levels of indentation",
    () => `${head}${repeated(10_000, (level) => `${" ".repeat(level)}a:\n`)}`,
    3,
    "KS1006",
  ],
  ["10,000 levels of sequences", () => `${head}a:\n  ${"- ".repeat(10_000)}x\n`, 3, "KS1006"],
  ["50 MB of monitors", () => `${head}monitors:\n${repeated(700_000, (index) => monitor(`m${index}`))}`, 3, "KS1006"],
  ["50 MB of one text", () => `${small}vars: { a: "${"x".repeat(50_000_000)}" }\n`, 3, "KS1006"],
  ["100,000 keys that nobody knows", () => `${head}${repeated(100_000, (index) => `k${index}: 1\n`)}`, 3, "KS1201"],
  ["100,000 variables", () => `${small}vars:\n${repeated(100_000, (index) => `  v${index}: x\n`)}`, 0],
  [
    "100,000 keys of one field",
    () =>
      `${head}monitors:\n  api:\n    name: x\n    type: http\n    url: https://a.example\n    headers:\n${repeated(100_000, (index) => `      X-${index}: y\n`)}`,
    0,
  ],
  ["the same key 20,000 times", () => `${head}monitors:\n${repeated(20_000, () => monitor("api"))}`, 3, "KS1005"],
  [
    "20,000 anchors",
    () => `${head}vars:\n${repeated(20_000, (index) => `  v${index}: &a${index} x\n`)}monitors:\n${monitor("api")}`,
    0,
  ],
  ["20,000 expressions that are not closed", () => `${head}vars: { a: "${"${env:A".repeat(20_000)}" }\n`, 3],
  [
    "a megabyte of backslashes",
    () => `${head}vars: { a: "${"\\\\".repeat(500_000)}" }\nmonitors:\n${monitor("api")}`,
    0,
  ],
  ["a megabyte of spaces before a mistake", () => `${head}monitors: {${" ".repeat(1_000_000)}]\n`, 3],
  ["a NUL byte", () => `${small}# \u0000\n`, 3, "KS1006"],
  ["an escape code as it is", () => `${small}# \u001B[2J\n`, 3, "KS1006"],
  ["UTF-16", () => utf16(small), 3, "KS1006"],
  ["bytes that are no text", () => Buffer.from([...Buffer.from(small), 0xc3, 0x28]), 3, "KS1006"],
  ["a picture", () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), 3, "KS1006"],
  ["a byte order mark", () => `\uFEFF${small}`, 0],
  ["lines that end as on Windows", () => small.replaceAll("\n", "\r\n"), 0],
  ["lines that end as on an old Mac", () => small.replaceAll("\n", "\r"), 3],
  ["nothing", () => "", 3, "KS1002"],
  ["a tag that makes code", () => `${small}x: !!js/function "function () {}"\n`, 3],
];

function findingsIn(stdout: string): readonly { readonly code: string; readonly at?: Json }[] {
  const document = JSON.parse(stdout) as Json;
  const findings = isJsonObject(document) ? document["findings"] : undefined;
  return Array.isArray(findings) ? (findings as readonly { readonly code: string; readonly at?: Json }[]) : [];
}

describe("a file", () => {
  for (const [what, make, code, finding] of files) {
    it.concurrent(`of ${what}`, { timeout: 120_000 }, async () => {
      const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
      try {
        writeFileSync(join(folder, "monitors.yaml"), make());
        const ran = await runBounded(["validate", "--format", "json"], { cwd: folder, heapMb: 256 });
        expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code, stderr: "" });
        const findings = findingsIn(ran.stdout);
        const codes = findings.map((each) => each.code);
        expect(codes).toEqual(expect.arrayContaining(finding === undefined ? [] : [finding]));
        expect(findings.every(({ at }) => at !== undefined)).toBe(true);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("of 50 MB on stdin is refused too", { timeout: 120_000 }, async () => {
    const stdin = Buffer.alloc(50_000_000, "a: b\n");
    const { code, stdout } = await runBounded(["validate", "-f", "-", "--format", "json"], {
      cwd: tmpdir(),
      heapMb: 256,
      stdin,
    });
    expect({ code, codes: findingsIn(stdout).map((each) => each.code) }).toEqual({ code: 3, codes: ["KS1006"] });
  });
});
