import { describe, expect, test } from "vitest";
import { writtenAt } from "../../../src/config/values/provenance.ts";
import { spanOf } from "../../../src/config/source/positions.ts";
import { findingLine, loadText } from "../load-text.ts";

const head = "version: 1\nproject: p\n";

/** What is written for each monitor, with what it takes over. */
async function written(text: string): Promise<Readonly<Record<string, unknown>>> {
  const { entities, findings } = await loadText(head + text);
  expect(findings.map(findingLine)).toEqual([]);
  return Object.fromEntries(entities.map(({ key, variant, written: own }) => [key, { type: variant.type, ...own }]));
}

test.for([
  ["one", "{ <<: *web, url: https://a.example }", { type: "http", interval: "60s", url: "https://a.example" }],
  ["the object's own value wins", "{ <<: *ping, type: group }", { type: "group", interval: "5m" }],
  ["also where it is written above", "{ type: group, <<: *ping }", { type: "group", interval: "5m" }],
  ["the first of a list wins", "{ <<: [*ping, *web], hostname: a }", { type: "ping", interval: "5m", hostname: "a" }],
  ["a list behind an alias", "{ <<: *both, hostname: a }", { type: "ping", interval: "5m", hostname: "a" }],
  ["an empty list", "{ <<: [], type: group }", { type: "group" }],
  ["a mapping without an anchor", "{ <<: { type: group } }", { type: "group" }],
  ["one that merges another", "{ <<: *more }", { type: "ping", interval: "5m", hostname: "b" }],
] as const)("%s", async ([, monitor, expected]) => {
  const bases = [
    "x-web: &web { type: http, interval: 60s }",
    "x-ping: &ping { type: ping, interval: 5m }",
    "x-both: &both [*ping, *web]",
    "x-more: &more { <<: *ping, hostname: b }",
  ];
  const monitors = await written(`${bases.join("\n")}\nmonitors: { m: ${monitor} }\n`);
  expect(monitors["monitor/m"]).toEqual(expected);
});

test("sections, and mappings inside an object", async () => {
  const text = `x-all: &all { a: { type: group } }
x-headers: &headers { A: "1", B: "2" }
monitors:
  <<: *all
  b: { type: http, url: https://b.example, headers: { <<: *headers, B: "3" } }
`;
  expect(await written(text)).toEqual({
    "monitor/a": { type: "group" },
    "monitor/b": { type: "http", url: "https://b.example", headers: { A: "1", B: "3" } },
  });
});

test("a value that was taken over is where it is written", async () => {
  const text = `${head}x-web: &web { type: http, headers: { A: "1" } }\nmonitors: { m: { <<: *web, url: https://a.example } }\n`;
  const { entities } = await loadText(text);
  const lineOf = (pointer: string): string => {
    const { line, column } = spanOf(writtenAt(entities[0]?.provenance ?? new Map(), pointer).place, "value");
    return `${line}:${column}`;
  };
  expect([lineOf("/type"), lineOf("/headers/A"), lineOf("/url")]).toEqual(["3:21", "3:41", "4:33"]);
});

test("secrets stay secrets", async () => {
  const text = `${head}x-web: &web { type: http, basicAuthPass: "\${env:TOKEN}" }\nmonitors: { m: { <<: *web, url: https://a.example, basicAuthUser: a } }\n`;
  const { entities, secrets } = await loadText(text);
  expect(secrets).toEqual(["tok-Zq9vX3-secret"]);
  expect(entities[0]?.provenance.get("/basicAuthPass")).toMatchObject({ isSecret: true });
});

test("a key that would change a prototype is refused there too", async () => {
  const text = `${head}x-a: &a { __proto__: { type: group } }\nmonitors: { m: { <<: *a, type: group } }\n`;
  const { findings } = await loadText(text);
  expect(findings.map(findingLine)).toEqual(['<stdin>:3:11: error: unknown key "__proto__" [KS1201]']);
});

describe("a billion laughs by merge keys", () => {
  const layers = 12;
  const layered = (item: (index: number) => string): string =>
    Array.from({ length: layers }, (_, index) => `x-${index}: &a${index} { ${item(index)} }`).join("\n");
  const last = `monitors: { m: { type: group, tags: { <<: *a${layers - 1} } } }`;

  test("the same mapping ten times costs as much as once", async () => {
    const text = layered((index) =>
      index === 0
        ? "k: x"
        : `<<: [${Array(10)
            .fill(`*a${index - 1}`)
            .join(", ")}]`,
    );
    const { findings } = await loadText(`${head}${text}\n${last}\n`);
    expect(findings.map(({ code }) => code)).toEqual(["KS1202"]);
  });

  test("mappings in mappings are counted", async () => {
    const text = layered((index) =>
      index === 0 ? "k: x" : Array.from({ length: 10 }, (_, key) => `k${key}: { <<: *a${index - 1} }`).join(", "),
    );
    const { findings } = await loadText(`${head}${text}\n${last}\n`);
    expect(findings.map(({ message }) => message)).toEqual(["aliases expand to far too many values"]);
  });
});
