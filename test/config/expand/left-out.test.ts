/** Objects that `enabled`, `when` and `distinct` leave out, and what refers to them. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../../src/config/config.ts";
import { openConfig } from "../../../src/config/load.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { findingLine } from "../load-text.ts";

const head = `version: 1
project: p
targets:
  prod: { url: https://kuma.example, vars: { staging: "false" } }
  stage: { url: https://kuma-stage.example, vars: { staging: "true" } }
`;

async function load(text: string, target = "prod"): Promise<Config> {
  const source = { paths: ["-"], cwd: "/", env: {}, vars: {}, readStdin: () => Promise.resolve(text) };
  return (await openConfig(source, kinds)).resolve({ target });
}

/** The keys of the monitors, on both targets. */
async function keysOn(text: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const entries = await Promise.all(
    ["prod", "stage"].map(async (target) => {
      const { entities, findings } = await load(text, target);
      expect(findings.filter(({ severity }) => severity === "error").map(findingLine)).toEqual([]);
      return [target, entities.filter(({ kind }) => kind === "monitor").map(({ key }) => key.slice(8))] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function said(text: string): Promise<readonly string[]> {
  return (await load(head + text)).findings.map(findingLine);
}

const ping = "type: ping, hostname: a.example, notifications: []";

describe("`enabled`", () => {
  test("in a template counts for the objects that use it, by row in a loop", async () => {
    const text = `${head}templates:
  base: { ${ping} }
  staged: { use: base, enabled: "\${var:staging}" }
  chosen: { use: base, enabled: "\${each:on}" }
monitors:
  a: { use: staged }
  b: { use: [staged, base] }
  c: { use: staged, enabled: true }
  "d-\${each:key}": { each: [{ key: x, on: true }, { key: y, on: false }], use: chosen }
`;
    expect(await keysOn(text)).toEqual({ prod: ["c", "d-x"], stage: ["a", "b", "c", "d-x"] });
  });

  test("in an override counts more than in the block and its templates", async () => {
    const text = `${head.replace('"false" } }', '"false" }, overrides: { monitor/a: { enabled: true }, monitor/d-y: { enabled: false } } }')}templates:
  off: { ${ping}, enabled: false }
monitors:
  a: { use: off }
  b: { use: off, enabled: "\${var:staging}" }
  "d-\${each:key}": { each: [x, y], ${ping} }
`;
    expect(await keysOn(text)).toEqual({ prod: ["a", "d-x"], stage: ["b", "d-x", "d-y"] });
  });

  test("in an override leaves out a monitor of a service's block", async () => {
    const text = `${head.replace('"false" } }', '"false" }, overrides: { monitor/ai.health: { enabled: false } } }')}openWebUI:
  ai: { url: https://ai.example }
`;
    const { prod = [], stage = [] } = await keysOn(text);
    expect(stage).toContain("ai.health");
    expect(prod).toEqual(stage.filter((key) => key !== "ai.health"));
  });

  test("keeps what is not there from being read", async () => {
    const text = `${head}templates:
  staged: { enabled: "\${var:staging}", type: http, headers: { A: "\${env:STAGE_TOKEN:-x}" }, notifications: [] }
monitors:
  a: { use: staged, url: "https://\${var:staging}.example", keyword: wrong }
  b: { ${ping}, enabled: false, hostnam: wrong }
`;
    expect((await load(text, "prod")).findings.map(findingLine)).toEqual([]);
    expect((await load(text, "stage")).findings.map(({ code }) => code)).toContain("KS1201");
  });

  test("that is neither true nor false is one finding, at the template", async () => {
    const text = `templates:
  staged: { enabled: maybe, ${ping} }
monitors:
  a: { use: staged }
  b: { use: staged }
  g: { type: group }
  c: { ${ping}, parent: a }
`;
    expect(await said(text)).toEqual(['<stdin>:7:22: error: "enabled" is "maybe"; it must be true or false [KS1764]']);
  });
});

describe("what refers to an object that is left out", () => {
  const loop = `monitors:
  "w-\${each:key}":
    each: [{ key: a, host: x, on: true }, { key: b, host: x, on: true }, { key: c, host: y, on: false }]
    when: "\${each:on}"
    distinct: host
    type: ping
    hostname: "\${each:host}.example"
    notifications: []
  off: { enabled: false, type: group }
`;

  test("says what leaves it out", async () => {
    const text = `${loop}  child: { ${ping}, parent: off }
statusPages:
  main: { title: T, groups: [{ name: G, monitors: [w-a, w-b, w-c] }, { name: H, select: { parent: off } }] }
`;
    expect(await said(text)).toEqual([
      '<stdin>:15:72: error: monitor "off" is left out by "enabled" [KS1301] (leave this out as well, with enabled) {left out here: 14:19}',
      '<stdin>:17:57: error: monitor "w-b" is left out by "distinct" [KS1301] (take it out, or use a selector, which takes the monitors that are there) {left out here: 10:15}',
      '<stdin>:17:62: error: monitor "w-c" is left out by "when" [KS1301] (take it out, or use a selector, which takes the monitors that are there) {left out here: 9:11}',
      '<stdin>:17:99: error: monitor "off" is left out by "enabled" [KS1301] (leave this out as well, with enabled) {left out here: 14:19}',
    ]);
  });

  test("may be an override, an adoption or a move: it may be there on another target", async () => {
    const text = `${head.replace('"true" } }', '"true" }, overrides: { monitor/w-c: { interval: 5m } } }')}${loop}adopt: [{ to: monitor/w-b, id: 3 }]
moved: [{ from: monitor/x, to: monitor/w-c }, { from: monitor/y, to: monitor/w-a }]
`;
    const { findings: found, moves } = await load(text);
    expect(found.map(findingLine)).toEqual([]);
    expect(moves).toMatchObject([{ from: "monitor/y", to: "monitor/w-a" }]);
  });

  test("is not reported where the condition cannot be read", async () => {
    const text = `monitors:
  "w-\${each:key}": { each: [{ key: a, on: perhaps }], when: "\${each:on}", ${ping} }
  off: { enabled: perhaps, type: group }
  child: { ${ping}, parent: off }
statusPages:
  main: { title: T, groups: [{ name: G, monitors: [w-a] }] }
`;
    expect((await load(head + text)).findings.map(({ code }) => code)).toEqual(["KS1764", "KS1764"]);
  });
});

test("templates that only left out objects use are not called unused", async () => {
  const text = `templates:
  base: { ${ping} }
  staged: { use: base }
monitors:
  a: { use: staged, enabled: false }
`;
  expect(await said(text)).toEqual([]);
});

test.each([
  ["enabled", "monitors:\n  a: { type: group, enabled: true, enabled: false }"],
  ["each", 'monitors:\n  "a-${each:key}": { each: [x], each: [y], type: group }'],
  ["when", 'monitors:\n  "a-${each:key}": { each: [x], when: true, when: false, type: group }'],
  ["distinct", 'monitors:\n  "a-${each:key}": { each: [x], distinct: key, distinct: value, type: group }'],
  ["enabled", 'monitors:\n  "a-${each:key}": { each: [x, y], enabled: true, enabled: false, type: group }'],
  [
    "enabled",
    "templates:\n  t: { type: group, enabled: true, enabled: false }\nmonitors:\n  a: { use: t }\n  b: { use: t }",
  ],
])("%s that is written twice is a finding: %s", async (name, text) => {
  const findings = (await said(text)).filter((line) => line.includes("error"));
  expect(findings).toEqual([expect.stringContaining(`error: key "${name}" is written twice [KS1005]`)]);
});

test("a condition that comes from outside is refused with the way to write it", async () => {
  const findings = await said('monitors:\n  a: { type: group, enabled: "${env:ON:-perhaps}" }');
  expect(findings).toContainEqual(expect.stringMatching(/ \[KS1764\] \(write \$\{var:…\}, which every command reads/u));
});
