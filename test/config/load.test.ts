import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { loadConfig } from "./load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import { findingLine, loadText } from "./load-text.ts";

let folder: string;

const group = (key: string): string => `monitors: { ${key}: { type: group } }\n`;
const readStdin = (): Promise<string> => Promise.resolve("version: 1\nproject: typed\n");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kuma-sync-config-"));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("monitors.yaml", `version: 1\nproject: one\n${group("root")}`);
  write("deeper/none.txt", "x");
  write("split/a.yaml", `version: 1\nproject: two\nvars: { v: x }\n${group("a")}`);
  write(
    "split/b.yml",
    `version: 1\nproject: two\nmonitors: { b: { type: group, parent: a, description: "\${var:v}" } }\n`,
  );
  write("split/sub/c.yaml", `defaults: { monitor: { interval: 90 } }\n${group("c")}`);
  write("clash/a.yaml", `version: 1\nproject: two\nvars: { v: x }\n${group("a")}`);
  write("clash/b.yaml", `version: 1\nproject: three\nvars: { v: y }\n${group("a")}`);
  write("broken/a.yaml", `version: 1\nproject: two\nmonitors: { a: { type: group, parent: b, intervall: 1 } }\n`);
  write("broken/b.yaml", `monitors: [\n`);
  write(
    "certificates/files.yaml",
    `version: 1\nproject: p\nmonitors: { a: { type: http, url: "https://x.example", tlsCa: "\${file:ca.pem}", tlsKey: "\${file:none}" } }\n`,
  );
  write("certificates/ca.pem", "CERTIFICATE\n");
  write("certificates/none", "");
  write("bad/utf16.yaml", Buffer.from("\uFEFFversion: 1\n", "utf16le"));
  write("bad/latin1.yaml", Buffer.from("name: caf\u00e9\n", "latin1"));
  write(
    "bad/binary.yaml",
    Uint8Array.from({ length: 2_000_000 }, (_, index) => (index * 7919) % 256),
  );
  write("bad/large.yaml", Buffer.alloc(17 * 1024 * 1024, "a: b\n"));
  write("brackets[1].yaml", `version: 1\nproject: brackets\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(paths: readonly string[], cwd = folder): Promise<Config> {
  return loadConfig({ paths, cwd, env: {}, vars: {}, readStdin }, kinds);
}

async function lines(...paths: readonly string[]): Promise<string[]> {
  return (await load(paths)).findings.map(findingLine);
}

describe("which files", () => {
  test("without a path monitors.yaml here, and nothing above", async () => {
    expect(await load([])).toMatchObject({ project: "one", findings: [] });
    const { findings } = await load([], join(folder, "deeper"));
    expect(findings.map(findingLine)).toEqual([
      '-: error: there is no "monitors.yaml" in this folder [KS1008] (there is one above: add -f ../monitors.yaml if you mean it)',
    ]);
  });

  test.for([
    [["split"]],
    [["split/**/*.{yaml,yml}"]],
    [["split/a.yaml", "split/b.yml", "split/sub", "split/sub/c.yaml"]],
  ] as const)("%s is three files as one", async ([paths]) => {
    const config = await load(paths);
    expect(config.findings).toEqual([]);
    expect(config.project).toBe("two");
    expect(config.entities.map(({ key }) => key)).toEqual(["monitor/a", "monitor/b", "monitor/c"]);
    expect(config.entities.map(({ written }) => written["interval"])).toEqual([90, 90, 90]);
    expect([...config.sources.keys()]).toEqual(["split/a.yaml", "split/b.yml", "split/sub/c.yaml"]);
  });

  test("- is standard input", async () => {
    expect(await load(["-"])).toMatchObject({ project: "typed", findings: [] });
  });

  test("a file with brackets in its name is a file", async () => {
    expect(await load(["brackets[1].yaml"])).toMatchObject({ project: "brackets", findings: [] });
  });

  test("paths that lead to nothing", async () => {
    expect(await lines("none.yaml", "deeper", "none/*.yaml", "monitors.yaml")).toEqual([
      '-: error: cannot read "none.yaml": there is no such file [KS1001]',
      '-: error: no YAML file in "deeper" [KS1008] (files must end in .yaml or .yml)',
      '-: error: no file matches "none/*.yaml" [KS1008] (quote the pattern so that the shell leaves it alone)',
    ]);
  });
});

describe("several files", () => {
  test("a key in two of them is named with both places", async () => {
    expect(await lines("clash")).toEqual([
      'clash/b.yaml:2:10: error: the project is "three" here and "two" in another file [KS1305]',
      'clash/b.yaml:3:9: error: "v" is declared in two files [KS1305] {first here: 3:9}',
      'clash/b.yaml:4:13: error: "monitor/a" is declared in two files [KS1305] {first here: 4:13}',
    ]);
  });

  test("a file that does not parse makes nothing in the others unknown", async () => {
    const found = await lines("broken");
    expect(found).toHaveLength(2);
    expect(found[0]).toContain("unknown key");
    expect(found[1]).toContain("[KS1003]");
  });
});

describe("files that are not text", () => {
  test.for([
    ["utf16", "file is UTF-16"],
    ["latin1", "file is not text"],
    ["binary", "file is not text"],
    ["large", "file is larger than 16 MB"],
  ] as const)("%s is one finding", async ([name, message]) => {
    expect(await lines(`bad/${name}.yaml`)).toEqual([
      expect.stringContaining(`bad/${name}.yaml:1:1: error: ${message} [KS1006]`),
    ]);
  });

  test.for([
    ["brackets", "[".repeat(2_000_000), "KS1006"],
    ["mappings", "a: ".repeat(600_000), "KS1006"],
    ["dashes", "- ".repeat(1_000_000), "KS1006"],
    ["one long word", "x".repeat(2_000_000), "KS1007"],
    [
      "noise",
      Array.from({ length: 40_000 }, (_, index) => `${"}]{[,:?&*"[index % 9] ?? ""}${(index * 7919) % 997} "%@\t`).join(
        "\n",
      ),
      "KS100",
    ],
  ] as const)("two megabytes of %s are one finding", async ([, text, code]) => {
    const { findings } = await loadText(text);
    expect(findings.map((finding) => finding.code)).toEqual([expect.stringContaining(code)]);
  });
});

describe("${file:…}", () => {
  test("is relative to its configuration, loses the last line break, and is never empty", async () => {
    const { entities, findings, secrets } = await load(["certificates/files.yaml"]);
    expect(findings.map(findingLine)).toEqual([
      'certificates/files.yaml:3:56: warning: "tlsCa" is not used without "authMethod" [KS1416] (it belongs to authMethod: mtls, together with tlsCert and tlsKey)',
      'certificates/files.yaml:3:90: error: cannot read "none": it is empty [KS1103]',
    ]);
    expect(entities[0]?.written["tlsCa"]).toBe("CERTIFICATE");
    expect(secrets).toEqual(["CERTIFICATE"]);
  });
});
