/** Without any value of a variable every field can be checked, and nothing is said that the value could make untrue. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { SecretUse } from "../../src/config/config.ts";
import { loadConfig } from "./load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { findingLine } from "./load-text.ts";

async function findingsOf(
  text: string,
  {
    env = {},
    secrets = "withheld",
  }: { readonly env?: Readonly<Record<string, string>>; readonly secrets?: SecretUse } = {},
): Promise<readonly string[]> {
  const readStdin = (): Promise<string> => Promise.resolve(text);
  const { findings } = await loadConfig({ paths: ["-"], cwd: "/", env, vars: {}, secrets, readStdin }, kinds);
  // None of these monitors notifies anybody, which is not the question here.
  return findings.filter(({ code }) => code !== "KS1616").map(findingLine);
}

/** Each field of an example that a variable can fill: one that holds text, a number, or a choice. */
const fields = [...kinds.values()].flatMap((kind) =>
  kind.variants.flatMap((variant) =>
    Object.entries(variant.example)
      .filter(([name, value]) => name !== "type" && ["string", "number", "boolean"].includes(typeof value))
      .map(([name]) => ({ kind, variant, name, title: `${kind.name} ${variant.type ?? ""}: ${name}` })),
  ),
);

const codeIn = (line: string): string => /\[KS\d+\]/u.exec(line)?.[0] ?? "none";

function withField({ kind, variant }: (typeof fields)[number], change: JsonObject): string {
  const entity: JsonObject = { ...variant.example, ...change };
  const section: Json = kind.onlyKey === undefined ? { a: entity } : entity;
  return stringify({ version: 1, project: "shop", [kind.section]: section });
}

describe("a field that is a variable", () => {
  test.each(fields)("$title has no error and no warning", async (field) => {
    const usual = await findingsOf(withField(field, {}));
    const found = await findingsOf(withField(field, { [field.name]: "${env:VALUE}" }), { env: { VALUE: "" } });
    const said = found.filter((line) => !line.includes(": info:"));
    // What the example is told anyway, such as that it refers to a group that is not declared.
    expect(said.filter((line) => !usual.some((other) => other.includes(codeIn(line))))).toEqual([]);
  });
});

const monitor = (fieldsText: string): string =>
  `version: 1\nproject: shop\nmonitors:\n  a: { type: http, url: https://x.example, ${fieldsText} }\n`;

describe("what is written around a variable", () => {
  test.each(["/health", ":8443/health", "?a=b"])("an address before %s may be one", async (rest) => {
    const found = await findingsOf(monitor("").replace("https://x.example", `"\${env:BASE}${rest}"`));
    expect(found.map(codeIn)).toEqual(["[KS1106]", "[KS1101]"]);
  });

  // A pull request must not hold up a run: with forty wildcards a regular expression would look for hours.
  test.each(["url", "interval"])("forty variables in one %s are judged at once", async (name) => {
    const text = monitor("").replace("url: https://x.example,", "");
    const found = await findingsOf(text.replace("type: http", `type: http, ${name}: '${"${env:A}".repeat(40)}!'`));
    expect(found.map(codeIn)).toContain("[KS1207]");
  });

  test.each([
    ["httpBodyEncoding: json, body: '{ \"n\": ${env:N} '", "KS1401"],
    ["body: '{ \"n\": ${env:N} } # no'", "KS1402"],
    ["method: 'X${env:N}'", "KS1204"],
    ["interval: '${env:N} ducks'", "KS1207"],
    ["headers: '[${env:N}]'", "KS1405"],
    ["url: 'ftp://${env:N}'", "KS1207"],
    ["acceptedStatusCodes: '${env:N}'", "KS1202"],
    ["url: '${env:N'", "KS1105"],
    ["url: 'https://x/${env:KUMA_SYNC_PASSWORD}'", "KS1104"],
  ])("is judged: %s", async (text, code) => {
    const found = await findingsOf(monitor(text).replace(/url: https:\/\/x\.example, (?=url)/u, ""));
    expect(found).toContainEqual(expect.stringMatching(new RegExp(String.raw`: error: .*\[${code}\]`, "u")));
  });

  test.each([
    'body: \'{ "n": ${env:N}, "t": "${env:T}", "l": [${env:L}] }\'',
    'headers: \'{ "X": "${env:N}" }\'',
    "headers: '${env:H}'",
    "method: 'P${env:M}'",
    "interval: '${env:N}s'",
    "interval: '${env:N}', timeout: 100",
    "timeout: '${env:N}', interval: 20",
    "authMethod: '${env:A}'",
    "httpBodyEncoding: '${env:E}', body: '<a/>'",
    "parent: '${env:GROUP}'",
  ])("is right for some value: %s", async (text) => {
    expect((await findingsOf(monitor(text))).filter((line) => !line.includes(": info:"))).toEqual([]);
  });
});

describe("notes", () => {
  const text = `version: 1
project: shop
monitors:
  a: { type: http, url: "https://\${env:HOST}/x", headers: { X: "\${env:KEY}" }, description: "\${env:KEY} \${env:OTHER}" }
  b: { type: port, hostname: "\${env:HOST}", port: "\${env:PORT}" }
  c: { type: http, url: "https://x.example/\${env:KEY}", basicAuthPass: "\${env:KEY}", authMethod: basic, basicAuthUser: u }
`;

  test("name the variables that are not set, once, and what was checked without them, once", async () => {
    expect(await findingsOf(text, { env: { KEY: "", PORT: "x" } })).toEqual([
      '<stdin>:4:25: info: checked with placeholders, because secrets are not read: "url" of monitor/a and 1 more field [KS1106] (--with-secrets checks the values themselves)',
      '<stdin>:4:34: info: 2 environment variables are not set: "HOST", "OTHER" [KS1101] (this command needs no value; plan and apply do)',
    ]);
  });

  test("are the same whatever the values are", async () => {
    const value = fc.string({ unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(value, value, async (key, port) => {
        expect(await findingsOf(text, { env: { KEY: key, PORT: port, HOST: port, OTHER: key } })).toEqual(
          await findingsOf(text, { env: { KEY: "", PORT: "", HOST: "", OTHER: "" } }),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("are none where the values are read", async () => {
    const env = { KEY: "k", PORT: "443", HOST: "h", OTHER: "o" };
    expect(await findingsOf(text, { env, secrets: "real" })).toEqual([]);
  });
});

test.each(["postgres", "redis"])(
  "a whole connection string of a service of type %s may be a variable",
  async (type) => {
    const text = stringify({ version: 1, project: "p", services: { db: { type, url: "${env:URL}" } } });
    expect(await findingsOf(text, { env: { URL: "not read" } })).not.toContainEqual(expect.stringContaining("KS1207"));
  },
);

test.each([
  ["postgres://kuma:${env:PW}@db/app", 1],
  ["postgres://kuma:pw@${env:HOST}/app?sslmode=require", 1],
  ["${env:URL}", 0],
  ["postgres://kuma:pw@db/${env:REST}", 0],
  ["postgres://kuma:pw@db/app?${env:PARAMETERS}&sslmode=require", 0],
])("a time limit of PostgreSQL may be in what is not read: %s", async (databaseConnectionString, count) => {
  const monitors = { db: { type: "postgres", databaseConnectionString } };
  const found = await findingsOf(stringify({ version: 1, project: "p", monitors }));
  expect(found.filter((line) => line.includes("KS1824"))).toHaveLength(count);
});
