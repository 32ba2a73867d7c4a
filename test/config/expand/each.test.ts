/** `each`: which objects a loop makes, and what its rows may be. The law is in each-written-out.test.ts. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../../src/config/config.ts";
import { toDesired } from "../../../src/config/desired.ts";
import type { EntityKey } from "../../../src/model/entity.ts";
import { objectSources } from "../../../src/config/rendered/object-sources.ts";
import { sourceText } from "../../../src/output/words/object-source.ts";
import { valueOrigins } from "../../../src/config/value-origins.ts";
import { findingLine, loadText } from "../load-text.ts";

const head = "version: 1\nproject: p\ntags: { a: {}, b: {} }\n";

async function load(text: string, vars: Readonly<Record<string, string>> = {}): Promise<Config> {
  return loadText(head + text, { vars });
}

async function monitors(text: string, vars: Readonly<Record<string, string>> = {}): Promise<Config["entities"]> {
  const { entities, findings } = await load(text, vars);
  expect(findings.filter(({ severity }) => severity !== "info").map(findingLine)).toEqual([]);
  return entities.filter(({ kind }) => kind === "monitor");
}

async function keys(text: string, vars: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return (await monitors(text, vars)).map(({ key }) => key.replace("monitor/", ""));
}

const ping = "type: ping\n    hostname: a.example\n";

function loopOver(rows: string): string {
  return `monitors:\n  "w-\${each:key}":\n    each: ${rows}\n    ${ping}`;
}

/** Two rows of the same host, of which the second is off, and one of another host; with `rest` in the block. */
function loopWith(rest: string): string {
  return `monitors:
  "\${each:key}":
    each: { one: { on: true, host: a }, two: { on: "FALSE", host: a }, three: { on: "true", host: b } }
    ${rest}
    type: ping
    hostname: "\${each:host}.example"
`;
}

function loopMovedTo(to: string): string {
  return `moved: [{ from: "monitor/old-\${each:key}", to: "${to}" }]
monitors:
  "new-\${each:key}":
    each: { one: true, two: true, three: false }
    when: "\${each:value}"
    type: ping
    hostname: a.example
`;
}

describe("keys", () => {
  test.for([
    ["a list of texts", "[shop, blog]", "${each:key}", ["shop", "blog"]],
    ["a list of numbers", "[80, 443]", "p-${each:value}", ["p-80", "p-443"]],
    ["a list of versions, as they are written", "[1.10, 1.0, 007]", "v-${each:key}", ["v-1.10", "v-1.0", "v-007"]],
    ["a mapping", "{ shop: x, blog: y }", "${each:key}", ["shop", "blog"]],
    ["a column", "[{ id: shop }, { id: blog }]", "${each:id}", ["shop", "blog"]],
    ["a column called key", "[{ key: shop }, { key: blog }]", "${each:key}", ["shop", "blog"]],
    ["a column of a mapping in the row", "[{ at: { id: shop } }]", "${each:at.id}", ["shop"]],
    ["a column with a dot in its name", "[{ at.id: shop }]", "${each:at.id}", ["shop"]],
    ["a number as it is written", "[1.0, 2.50]", "v${each:value}", ["v1.0", "v2.50"]],
    ["two lists", "{ site: [a, b], port: [1, 2] }", "${each:site}-${each:port}", ["a-1", "a-2", "b-1", "b-2"]],
    ["one list with a name", "{ site: [a, b] }", "${each:site}", ["a", "b"]],
    ["two mappings", "{ g: { x: {}, y: {} }, h: { z: {} } }", "${each:g.key}${each:h.key}", ["xz", "yz"]],
    ["a mapping whose values are lists", "{ a: [1, 2], b: [3] }", "m-${each:key}", ["m-a", "m-b"]],
    ["a mapping and a list", "{ g: { x: {}, y: {} }, n: [1] }", "${each:g.key}${each:n}", ["x1", "y1"]],
  ] as const)("come from %s", async ([, rows, key, expected]) => {
    expect(await keys(`monitors:\n  "${key}":\n    each: ${rows}\n    ${ping}`)).toEqual(expected);
  });

  test("do not change when rows are added or in another order", async () => {
    const few = await keys(loopOver("{ a: 1, b: 2 }"));
    const more = await keys(loopOver("{ c: 3, b: 2, a: 1 }"));
    expect(more).toEqual(expect.arrayContaining(few));
  });
});

test("lists nest: a list may come from a row before it", async () => {
  const found = await monitors(`monitors:
  "\${each:group.key}-\${each:ip}-\${each:check.key}":
    each:
      group: { us: { ips: [172.16.1.2, 172.16.1.3], port: 22 }, eu: { ips: [172.16.2.2], port: 2222 } }
      ip: "\${each:group.ips}"
      check: { ssh: { port: "\${each:group.port}" }, web: { port: 80 } }
    type: port
    hostname: "\${each:ip}"
    port: "\${each:check.port}"
`);
  expect(
    found.map(({ key, canonical }) => `${key} ${JSON.stringify([canonical["hostname"], canonical["port"]])}`),
  ).toEqual([
    'monitor/us-172.16.1.2-ssh ["172.16.1.2",22]',
    'monitor/us-172.16.1.2-web ["172.16.1.2",80]',
    'monitor/us-172.16.1.3-ssh ["172.16.1.3",22]',
    'monitor/us-172.16.1.3-web ["172.16.1.3",80]',
    'monitor/eu-172.16.2.2-ssh ["172.16.2.2",2222]',
    'monitor/eu-172.16.2.2-web ["172.16.2.2",80]',
  ]);
});

test("a value keeps its type, in type and in references too", async () => {
  const [only] = await monitors(`notifications: { mail: { type: slack, slackwebhookURL: "https://s.example/x" } }
monitors:
  top: { type: group }
  "\${each:key}":
    each:
      m: { kind: http, parent: top, notify: [mail], retries: 3, flip: true, tags: [{ a: x }], headers: { A: "1" }, codes: "200" }
    type: "\${each:kind}"
    url: https://a.example
    parent: "\${each:parent}"
    notifications: "\${each:notify}"
    maxRetries: "\${each:retries}"
    upsideDown: "\${each:flip}"
    tags: "\${each:tags}"
    headers: "\${each:headers}"
    acceptedStatusCodes: ["\${each:codes}"]
`).then((all) => all.filter(({ key }) => key === "monitor/m"));
  expect(only?.variant.type).toBe("http");
  expect(only?.written).toMatchObject({
    parent: "top",
    notifications: ["mail"],
    maxRetries: 3,
    upsideDown: true,
    tags: [{ a: "x" }],
    headers: { A: "1" },
    acceptedStatusCodes: ["200"],
  });
});

describe("a fallback", () => {
  test.for([
    ["is left alone where there is a value", "{ host: h.example, ip: 192.0.2.1 }", "h.example"],
    ["counts for a missing value", "{ ip: 192.0.2.1 }", "192.0.2.1"],
    ["counts for nothing", "{ host: , ip: 192.0.2.1 }", "192.0.2.1"],
    ["counts for the empty text", '{ host: "", ip: 192.0.2.1 }', "192.0.2.1"],
    ["counts for blanks", '{ host: "  ", ip: 192.0.2.1 }', "192.0.2.1"],
    ["may have a fallback itself", "{ other: 1 }", "last.example"],
  ] as const)("%s", async ([, row, expected]) => {
    const [only] = await monitors(`monitors:
  "\${each:key}": { each: { m: ${row} }, type: ping, hostname: "\${each:host:-\${each:ip:-last.example}}" }
`);
    expect(only?.canonical["hostname"]).toBe(expected);
  });

  test("of nothing leaves a field or an item out", async () => {
    const [one, two] = await monitors(`monitors:
  "\${each:key}":
    each: { one: { tag: a, size: 99 }, two: {} }
    type: ping
    hostname: a.example
    packetSize: "\${each:size:-}"
    tags: [b, "\${each:tag:-}"]
`);
    expect(one?.written).toMatchObject({ packetSize: 99, tags: ["b", "a"] });
    expect(two?.written).toEqual({ hostname: "a.example", tags: ["b"] });
  });
});

test("a template may ask for the row, through another template too", async () => {
  const found = await monitors(`templates:
  base: { type: ping, hostname: "\${each:host}" }
  slow: { use: base, interval: 5m }
monitors:
  "\${each:key}": { each: { one: { host: a.example }, two: { host: b.example } }, use: slow }
`);
  expect(found.map(({ canonical }) => canonical["hostname"])).toEqual(["a.example", "b.example"]);
});

test("group defaults of a loop may ask for the row", async () => {
  const found = await monitors(`monitors:
  "\${each:key}": { each: { one: 45, two: 50 }, type: group, defaults: { interval: "\${each:value}" } }
  a: { type: ping, hostname: a.example, parent: one }
  b: { type: ping, hostname: a.example, parent: two }
`);
  expect(found.slice(2).map(({ canonical }) => canonical["interval"])).toEqual([45, 50]);
});

describe("which rows count", () => {
  test("`when` leaves rows out", async () => {
    expect(await keys(loopWith('when: "${each:on}"'))).toEqual(["one", "three"]);
  });

  test("`distinct` keeps the first of equal rows, of those that `when` keeps", async () => {
    expect(await keys(loopWith("distinct: host"))).toEqual(["one", "three"]);
    expect(await keys(loopWith("distinct: [host, key]"))).toEqual(["one", "two", "three"]);
    expect(await keys(loopWith('distinct: host\n    when: "${each:on}"'))).toEqual(["one", "three"]);
  });

  test("`enabled` leaves an object out, in loops and elsewhere", async () => {
    expect(await keys(loopWith('enabled: "${each:on}"'))).toEqual(["one", "three"]);
    const text =
      'vars: { extra: "no" }\nmonitors:\n  a: { enabled: "${var:extra}", type: ping, hostname: a.example }\n';
    expect(await keys(text, { extra: "true" })).toEqual(["a"]);
    expect(await keys(text, { extra: "false" })).toEqual([]);
  });
});

describe("moves of a loop", () => {
  test("move each of its objects", async () => {
    const { moves, findings } = await load(loopMovedTo("monitor/new-${each:key}"));
    expect(findings.map(findingLine)).toEqual([]);
    expect(moves.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "monitor/old-one monitor/new-one",
      "monitor/old-two monitor/new-two",
    ]);
  });

  test("need a loop of that key", async () => {
    const { findings } = await load(loopMovedTo("monitor/neu-${each:key}"));
    expect(findings.map(findingLine)).toEqual([
      '<stdin>:4:48: error: there is no loop "monitor/neu-${each:key}" [KS1611] (did you mean "monitor/new-${each:key}"?)',
    ]);
  });
});

test.each(["each: []", "each: [x], when: false", "each: [x], enabled: false"])(
  "a plan knows what a loop of %s may have made",
  async (written) => {
    const { loops } = await load(`monitors:\n  "a.b-\${each:key}": { ${written}, type: ping, hostname: a.example }\n`);
    expect(loops).toEqual([{ key: "monitor/a.b-${each:key}", pattern: String.raw`^monitor/a\.b-.+$`, made: [] }]);
  },
);

test("a secret of a row stays one", async () => {
  const loaded = await load(`monitors:
  "\${each:key}":
    each: { one: { at: { about: "x \${env:TOKEN}" } }, two: { at: { about: y } } }
    type: ping
    hostname: a.example
    description: "\${each:at.about}"
`);
  const { desired } = toDesired(loaded);
  const shown = ["monitor/one", "monitor/two"].map((key) => desired.entities.get(key as EntityKey)?.sensitive);
  expect(shown).toEqual([["/description"], []]);
  expect(loaded.secrets).toContain("tok-Zq9vX3-secret");
});

test("render names the row", async () => {
  const [, two] = await monitors(`monitors:
  "\${each:key}":
    each: { one: a.example, two: b.example }
    type: ping
    hostname: "\${each:value}"
`);
  expect(two === undefined ? [] : objectSources(two, ["hostname"]).map(sourceText)).toEqual([
    "<stdin>:5",
    "row (<stdin>:6)",
  ]);
});

test("a value of a row has its place there", async () => {
  const { entities } = await load(`monitors:
  "\${each:key}":
    each:
      one: { host: a.example }
    type: ping
    hostname: "\${each:host}"
    description: "at \${each:host}"
`);
  const origins = valueOrigins({ entities });
  const linesOf = (path: string): number[] => origins("monitor/one", path).map(({ at }) => at.line);
  expect([linesOf("/hostname"), linesOf("/description")]).toEqual([[7], [10]]);
});

test("a loop of other kinds, and keys of its objects in references", async () => {
  const { entities, findings } = await load(`statusPages:
  "\${each:key}":
    each: { one: One, two: Two }
    title: "\${each:value}"
    groups: [{ name: All, monitors: ["m-\${each:key}"] }]
monitors:
  "m-\${each:key}": { each: [one, two], type: ping, hostname: a.example }
`);
  expect(findings.map(findingLine)).toEqual([]);
  expect(entities.map(({ key }) => key)).toEqual(
    expect.arrayContaining(["status-page/one", "status-page/two", "monitor/m-one", "monitor/m-two"]),
  );
});

test("findings of several rows at one place are one, with the objects", async () => {
  const { findings } = await load(`monitors:
  "m-\${each:key}":
    each: { one: a b, two: c d }
    type: http
    url: "https://\${each:value}/"
`);
  expect(findings.map(findingLine)).toEqual([
    expect.stringMatching(/^<stdin>:8:19: error: .* \[KS1426\] \{used by "m-one" and "m-two": 6:13\}$/u),
  ]);
});

test.each([
  ['"a-${each.key}": { each: [x], type: ping, hostname: a.example }', "KS1105", "write ${each:key}"],
  ['"a-${item}": { type: ping, hostname: a.example }', "KS1207", "write ${each:key}"],
  ["a: { for_each: [x], type: ping, hostname: a.example }", "KS1201", "write each: with the rows"],
  [
    '"a-${each:key}": { each: [x], when: "${each:key} == x", type: ping, hostname: a.example }',
    "KS1764",
    "give the rows a column with true or false",
  ],
])("a loop as other tools write it: %s", async (block, code, words) => {
  const { findings } = await load(`monitors:\n  ${block}\n`);
  const found = findings.find((one) => one.code === code);
  expect(found?.hint).toContain(words);
});
