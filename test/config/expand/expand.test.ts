/** Templates and inherited defaults: what an object has in the end, and where each value comes from. */
import { describe, expect, test } from "vitest";
import type { DeclaredEntity } from "../../../src/config/config.ts";
import { spanOf } from "../../../src/config/source/positions.ts";
import { writtenAt } from "../../../src/config/values/provenance.ts";
import { findingLine, loadText } from "../load-text.ts";

const head = "version: 1\nproject: p\ntags: { a: {}, b: {}, c: {}, d: {} }\n";

async function monitors(text: string): Promise<(key: string) => DeclaredEntity> {
  const { entities, findings } = await loadText(head + text);
  expect(findings.map(findingLine)).toEqual([]);
  return (key) => {
    const found = entities.find((entity) => entity.key === `monitor/${key}`);
    if (found === undefined) throw new Error(`no monitor ${key}`);
    return found;
  };
}

/** `by line:column` */
function origin({ provenance }: DeclaredEntity, pointer: string): string {
  const { by, place } = writtenAt(provenance, pointer);
  const { line, column } = spanOf(place, "value");
  return `${by} ${line}:${column}`;
}

describe("precedence", () => {
  const layers = [
    ["defaults.monitor", "defaults: { monitor: { interval: 20s } }"],
    ["defaults.http", "defaults: { monitor: { interval: 20s }, http: { interval: 21s } }"],
    ["the outer group", "outer: { type: group, defaults: { interval: 22s } }"],
    ["the inner group", "inner: { type: group, parent: outer, defaults: { interval: 23s } }"],
    ["a template", "first: { interval: 24s }"],
    ["a later template", "second: { interval: 25s }"],
    ["the object", "interval: 26s"],
    ["the target's override", "targets: { prod: { overrides: { monitor/m: { interval: 27s } } } }"],
  ] as const;

  test.for(layers.map(([name], index) => [name, index] as const))("%s wins over all before it", async ([, index]) => {
    const has = (layer: number): boolean => layer <= index;
    const text = [
      has(1) ? layers[1][1] : layers[0][1],
      "templates:",
      has(4) ? `  ${layers[4][1]}` : "  first: {}",
      has(5) ? `  ${layers[5][1]}` : "  second: {}",
      "monitors:",
      has(2) ? `  ${layers[2][1]}` : "  outer: { type: group }",
      has(3) ? `  ${layers[3][1]}` : "  inner: { type: group, parent: outer }",
      "  m:",
      "    use: [first, second]",
      "    type: http",
      "    url: https://a.example",
      "    parent: inner",
      ...(has(6) ? [`    ${layers[6][1]}`] : []),
      ...(has(7) ? [layers[7][1]] : []),
    ];
    const monitor = await monitors(`${text.join("\n")}\n`);
    expect(monitor("m").canonical["interval"]).toBe(20 + index);
    const by = ["defaults", "defaults", "group", "group", "template", "template", "object", "override"][index] ?? "";
    expect(origin(monitor("m"), "/interval")).toMatch(new RegExp(`^${by} `, "u"));
  });
});

test("a group has no defaults from itself, but from the groups above", async () => {
  const monitor = await monitors(`monitors:
  outer: { type: group, defaults: { interval: 30s } }
  inner: { type: group, parent: outer, defaults: { interval: 40s } }
  m: { type: ping, hostname: a, parent: inner }
`);
  expect(["outer", "inner", "m"].map((key) => monitor(key).canonical["interval"])).toEqual([60, 30, 40]);
});

test("the parent counts wherever it is written", async () => {
  const monitor = await monitors(`defaults: { ping: { parent: by-type } }
templates: { t: { parent: by-template } }
targets: { prod: { overrides: { monitor/overridden: { parent: by-override } } } }
monitors:
  by-type: { type: group, defaults: { interval: 31s } }
  by-template: { type: group, defaults: { interval: 32s } }
  by-override: { type: group, defaults: { interval: 33s } }
  typed: { type: ping, hostname: a }
  templated: { type: ping, hostname: a, use: t }
  overridden: { type: ping, hostname: a, use: t }
`);
  const intervals = ["typed", "templated", "overridden"].map((key) => monitor(key).canonical["interval"]);
  expect(intervals).toEqual([31, 32, 33]);
});

test("groups that contain each other end", async () => {
  const text = `monitors:
  a: { type: group, parent: b, defaults: { interval: 30s } }
  b: { type: group, parent: a, defaults: { interval: 40s } }
  m: { type: ping, hostname: a, parent: a }
`;
  const { findings } = await loadText(head + text);
  expect(findings.map(({ code }) => code)).toEqual(["KS1302"]);
});

describe("lists and mappings", () => {
  test.for([
    ["a list replaces", "[c]", ["c"]],
    ["add adds", "{ add: [c] }", ["a", "b", "c"]],
    ["what is there is not added twice", "{ add: [b, c, c] }", ["a", "b", "c"]],
    ["an empty list empties", "[]", []],
    ["adding nothing changes nothing", "{ add: [] }", ["a", "b"]],
  ] as const)("%s", async ([, written, expected]) => {
    const monitor = await monitors(`templates: { t: { type: ping, tags: [a, b] } }
monitors: { m: { use: t, hostname: a, tags: ${written} } }
`);
    expect(monitor("m").written["tags"]).toEqual(expected);
  });

  test("what is added goes through all layers", async () => {
    const monitor = await monitors(`defaults: { monitor: { tags: [a] }, ping: { tags: { add: [b] } } }
templates: { t: { type: ping, tags: { add: [c] } }, u: { use: t } }
monitors: { m: { use: u, hostname: a, tags: { add: [d] } } }
`);
    expect(monitor("m").written["tags"]).toEqual(["a", "b", "c", "d"]);
    expect([0, 1, 2, 3].map((index) => origin(monitor("m"), `/tags/${index}`))).toEqual([
      "defaults 4:31",
      "defaults 4:59",
      "template 5:45",
      "object 6:53",
    ]);
  });

  test("adding where there is no list makes one", async () => {
    const monitor = await monitors("monitors: { m: { type: ping, hostname: a, tags: { add: [d] } } }\n");
    expect(monitor("m").written["tags"]).toEqual(["d"]);
    expect(origin(monitor("m"), "/tags/0")).toBe("object 4:57");
  });

  test("headers of templates and the object go together; those of defaults are replaced", async () => {
    const monitor = await monitors(`defaults: { monitor: { headers: { Zero: "0" } } }
templates:
  t: { type: http, headers: { One: "1", Two: "1" } }
  u: { use: t, headers: { Two: "2", Three: "2" } }
monitors:
  m: { use: u, url: https://a.example, headers: { Three: "3" } }
  n: { use: u, url: https://a.example }
  plain: { type: http, url: https://a.example, headers: { Own: "1" } }
  defaulted: { type: http, url: https://a.example }
`);
    expect(["m", "n", "plain", "defaulted"].map((key) => monitor(key).written["headers"])).toEqual([
      { One: "1", Two: "2", Three: "3" },
      { One: "1", Two: "2", Three: "2" },
      { Own: "1" },
      { Zero: "0" },
    ]);
    const places = ["One", "Two", "Three"].map((name) => origin(monitor("m"), `/headers/${name}`));
    expect(places).toEqual(["template 6:36", "template 7:32", "object 9:58"]);
  });

  test("a text in place of a mapping replaces it, and the other way round", async () => {
    const monitor =
      await monitors(`templates: { t: { type: http, headers: { One: "1" } }, u: { type: http, headers: '{"A":"1"}' } }
monitors:
  m: { use: t, url: https://a.example, headers: '{"B":"2"}' }
  n: { use: u, url: https://a.example, headers: { C: "3" } }
`);
    expect(monitor("m").written["headers"]).toBe('{"B":"2"}');
    expect(monitor("n").written["headers"]).toEqual({ C: "3" });
  });

  test("a reference by name does not mix with one by id", async () => {
    const monitor = await monitors(`templates: { t: { type: ping, parent: { name: By hand } } }
monitors: { m: { use: t, hostname: a, parent: { id: 3 } } }
`);
    expect(monitor("m").written["parent"]).toEqual({ id: 3 });
  });
});

test("resendEvery and resendInterval take each other's place", async () => {
  const monitor = await monitors(`templates: { t: { type: ping, resendEvery: 1h } }
monitors: { m: { use: t, hostname: a, resendInterval: 3 }, n: { use: t, hostname: a } }
`);
  expect([monitor("m"), monitor("n")].map(({ canonical }) => canonical["resendInterval"])).toEqual([3, 60]);
});

test("secrets of a template stay secrets, with their own place", async () => {
  const text = `templates: { t: { type: http, headers: { Authorization: "\${env:TOKEN}" }, basicAuthPass: "\${env:TOKEN}" } }
monitors: { m: { use: t, url: https://a.example, basicAuthUser: a, headers: { A: "1" } } }
`;
  const { entities, secrets } = await loadText(head + text);
  const monitor = entities.find(({ key }) => key === "monitor/m");
  expect(secrets).toEqual(["tok-Zq9vX3-secret"]);
  expect(monitor?.provenance.get("/headers/Authorization")).toMatchObject({
    isSecret: true,
    origin: { by: "template" },
  });
  expect(monitor?.provenance.get("/basicAuthPass")).toMatchObject({ isSecret: true, origin: { by: "template" } });
});

test("onRemove under a type or in a group is stored with the object, as if it said so", async () => {
  const monitor = await monitors(`defaults: { ping: { onRemove: pause } }
monitors:
  g: { type: group, defaults: { onRemove: release } }
  m: { type: ping, hostname: a }
  n: { type: ping, hostname: a, parent: g }
`);
  expect(monitor("m").lifecycle).toMatchObject({ onRemove: "pause", isOwnRemoval: true });
  expect(monitor("n").lifecycle).toMatchObject({ onRemove: "release", isOwnRemoval: true });
});

test("templates that use many others are counted in all", async () => {
  const body = Array.from({ length: 1000 }, (_, index) => `k${index}: x`).join(", ");
  const users = Array.from({ length: 600 }, (_, index) => `  m${index}: { use: t, url: https://a.example }`);
  const text = `templates: { t: { type: http, body: { ${body} } } }\nmonitors:\n${users.join("\n")}\n`;
  const { findings } = await loadText(head + text);
  expect(findings.map(({ code }) => code)).toEqual(["KS1755"]);
});

test("thousands of templates that use each other in a row are one finding", async () => {
  const chain = Array.from({ length: 3000 }, (_, index) => `  t${index + 1}: { use: t${index}, enabled: true }`);
  const text = `templates:\n  t0: { type: group }\n${chain.join("\n")}\nmonitors:\n  m: { use: t3000 }\n`;
  const errors = (await loadText(head + text)).findings.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code }) => code)).toEqual(["KS1755"]);
});

test("a template that doubles another, twelve times over, holds each item once", async () => {
  const layers = Array.from({ length: 12 }, (_, index) =>
    index === 0
      ? "  t0: { type: ping, tags: { add: [a, b] } }"
      : `  t${index}: { use: [${Array(10)
          .fill(`t${index - 1}`)
          .join(", ")}], tags: { add: [c] } }`,
  );
  const monitor = await monitors(`templates:\n${layers.join("\n")}\nmonitors: { m: { use: t11, hostname: a } }\n`);
  expect(monitor("m").written["tags"]).toEqual(["a", "b", "c"]);
});

test("a mistake in an expression of a template is one finding that names who uses it", async () => {
  const text = `version: 1
project: p
templates:
  base: { type: ping, description: "\${var:tokn}", notifications: [] }
  web: { use: base }
monitors:
  a: { use: web, hostname: a.example }
  b: { use: base, hostname: b.example }
`;
  const { findings } = await loadText(text);
  expect(findings.map(findingLine)).toEqual([
    expect.stringMatching(/^<stdin>:4:37: error: unknown variable "tokn" .* \{used by "a" and "b": 7:3\}$/u),
  ]);
});
