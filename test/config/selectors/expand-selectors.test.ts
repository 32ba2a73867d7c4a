/** Selectors become plain references before anything else sees them. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDesired } from "../../../src/config/desired.ts";
import { openConfig } from "../../../src/config/load.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { canonicalText, type Json } from "../../../src/model/json.ts";
import { findingLine, loadText } from "../load-text.ts";

const head = `version: 1
project: demo
tags:
  media: { name: Media }
  env: { name: Environment }
monitors:
  infra: { type: group, name: Infrastructure }
  dbs: { type: group, name: Databases, parent: infra }
  db-2: { type: port, hostname: db2.example, port: 5432, name: DB 10, parent: dbs, tags: [{ env: prod-eu }] }
  db-1: { type: port, hostname: db1.example, port: 5432, name: db 2, parent: dbs, tags: [{ env: test }] }
  web-a: { type: http, url: "https://a.example", tags: [media, { env: prod-us }], active: false }
  web-b: { type: http, url: "https://b.example", tags: [media, { name: By hand, value: x }], parent: { name: Elsewhere } }
  web: { type: keyword, url: "https://w.example", keyword: fine and well }
`;

async function groupsOf(groups: string, text = head): Promise<readonly string[]> {
  const config = await loadText(`${text}statusPages:\n  home:\n    title: Home\n    groups: [${groups}]\n`);
  expect(config.findings.map(findingLine)).toEqual([]);
  const found = toDesired(config).desired.entities.get("status-page/home")?.spec["groups"] ?? [];
  return (found as readonly { readonly monitors: readonly { readonly monitor: string }[] }[]).map(({ monitors }) =>
    monitors.map(({ monitor }) => JSON.stringify(monitor).replaceAll(/"|monitor\//gu, "")).join(" "),
  );
}

describe("a selector stands for", () => {
  test.each([
    ["everything below a group, nested groups too, sorted by name", "{ parent: infra }", "dbs db-1 db-2"],
    ["a nested group", "{ parent: dbs }", "db-1 db-2"],
    ["a group made by hand", "{ parent: { name: Elsewhere } }", "web-b"],
    ["a tag with any value, also of a paused monitor", "{ tag: env }", "db-1 db-2 web-a"],
    ["a tag with a value", "{ tag: { env: test } }", "db-1"],
    ["a tag with a pattern of values", "{ tag: { env: 'prod-*' } }", "db-2 web-a"],
    ["several tags in one mapping, which must all be there", "{ tag: { env: '*', media: '*' } }", "web-a"],
    ["one of several tags", "{ tag: [media, { env: test }] }", "db-1 web-a web-b"],
    ["a tag made by hand", "{ tag: { name: By hand } }", "web-b"],
    ["a tag made by hand with a value", "{ tag: { name: By hand, value: x } }", "web-b"],
    ["a type", "{ type: keyword }", "web"],
    ["one of several types", "{ type: [keyword, port] }", "db-1 db-2 web"],
    ["a pattern of keys", '"web-*"', "web-a web-b"],
    ["a full key", '"monitor/web-*"', "web-a web-b"],
    ["a key, and no name", "{ key: [db-1, 'DB*', web] }", "db-1 web"],
    ["all conditions at once", "{ parent: infra, type: port, tag: { env: test } }", "db-1"],
    ["one of a list, each monitor once", '[{ tag: media }, "web*", { parent: dbs }]', "db-1 db-2 web web-a web-b"],
  ])("%s", async (_, selector, expected) => {
    expect(await groupsOf(`{ name: G, select: ${selector} }`)).toEqual([expected]);
  });

  test("what the list names comes first, and once", async () => {
    const groups = [
      '{ name: G, monitors: [web, { monitor: web-b, sendUrl: true }], select: "web*" }',
      "{ name: H, monitors: [{ name: By hand }], select: { tag: media }, order: declared }",
    ];
    expect(await groupsOf(groups.join(", "))).toEqual(["web web-b web-a", "{name:By hand} web-a web-b"]);
  });

  test("monitors sorted as declared, or by name", async () => {
    expect(await groupsOf("{ name: G, select: { parent: dbs }, order: declared }")).toEqual(["db-2 db-1"]);
    expect(await groupsOf("{ name: G, select: { parent: dbs }, order: name }")).toEqual(["db-1 db-2"]);
  });

  test("monitors of an openWebUI block", async () => {
    const text = `${head}openWebUI:\n  chat: { url: "https://chat.example" }\n`;
    const groups = await groupsOf('{ name: G, select: { parent: chat } }, { name: H, select: "chat.*" }', text);
    expect(groups).toEqual(["chat.health", "chat.health"]);
  });
});

test("a secret decides nothing, so that a plan without secrets selects the same", async () => {
  const text = `version: 1
project: demo
tags: { env: { name: env } }
monitors:
  b: { type: http, url: "https://b.example", name: "\${env:HOST}", tags: [{ env: "\${env:TOKEN}" }] }
  a: { type: http, url: "https://a.example", name: zzz, tags: [{ env: x }] }
statusPages:
  home:
    title: Home
    groups: [{ name: G, select: { tag: env } }, { name: H, select: { tag: { env: "*" } } }]
`;
  const groups = async (secrets: "real" | "withheld"): Promise<unknown> => {
    const env = { TOKEN: "tok-Zq9", HOST: "host-Zq9" };
    const source = { paths: ["-"], cwd: "/", env, vars: {}, readStdin: () => Promise.resolve(text) };
    const config = await (await openConfig(source, kinds)).resolve({ secrets });
    return toDesired(config).desired.entities.get("status-page/home")?.spec["groups"];
  };
  expect(await groups("real")).toEqual(await groups("withheld"));
  expect(JSON.stringify(await groups("real"))).toContain('"H","monitors":[{"monitor":"monitor/a"');
});

test("a maintenance selects too, and a target's override changes what is selected", async () => {
  const text = `version: 1
project: demo
tags: { media: { name: media } }
targets:
  one: { url: "https://one.example", overrides: { monitor/b: { tags: [media] } } }
  two: { url: "https://two.example", overrides: { maintenance/night: { select: "b" } } }
monitors:
  a: { type: http, url: "https://a.example", tags: [media] }
  b: { type: http, url: "https://b.example" }
  c: { type: http, url: "https://c.example" }
maintenance:
  night: { strategy: manual, monitors: [c], select: { tag: media } }
`;
  const source = { paths: ["-"], cwd: "/", env: {}, vars: {}, readStdin: () => Promise.resolve(text) };
  const opened = await openConfig(source, kinds);
  const covered = async (target: string): Promise<unknown> =>
    toDesired(await opened.resolve({ target })).desired.entities.get("maintenance/night")?.spec["monitors"];
  expect(await covered("one")).toEqual(["monitor/a", "monitor/b", "monitor/c"]);
  expect(await covered("two")).toEqual(["monitor/b", "monitor/c"]);
});

test("a file cannot fill the memory: far too many monitors are one error", async () => {
  const monitors = Array.from({ length: 600 }, (_, index) => `  m${index}: { type: push }`).join("\n");
  const groups = Array.from({ length: 400 }, (_, index) => `{ name: G${index}, select: "m*" }`).join(", ");
  const text = `version: 1\nproject: demo\nmonitors:\n${monitors}\nstatusPages: { home: { title: Home, groups: [${groups}] } }\n`;
  const { findings } = await loadText(text);
  expect(findings.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual(["KS1782"]);
});

test("many selectors that match nothing are compared with few words", async () => {
  const monitors = Array.from({ length: 300 }, (_, index) => `  m${index}: { type: push }`).join("\n");
  const groups = Array.from({ length: 150 }, (_, index) => `{ name: G${index}, select: "m${index}x" }`).join(", ");
  const text = `version: 1\nproject: demo\nmonitors:\n${monitors}\nstatusPages: { home: { title: Home, groups: [${groups}] } }\n`;
  const found = (await loadText(text)).findings.filter(({ code }) => code === "KS1780");
  expect(found).toHaveLength(150);
  expect(found.filter(({ hint = "" }) => hint.startsWith("did you mean"))).toHaveLength(100);
});

test("findings about what a selector brings in point to the selector", async () => {
  const config = await loadText(
    `${head}maintenance:\n  night: { strategy: manual, monitors: [web], select: { tag: media } }\n`,
  );
  const night = config.entities.find(({ key }) => key === "maintenance/night");
  const origin = night?.provenance.get("/monitors/1")?.origin;
  expect(origin).toMatchObject({ by: "object", pointer: "/maintenance/night/select" });
  expect(night?.selections?.[0]?.brought).toEqual(
    new Map([
      ["monitor/web-a", { tag: "media" }],
      ["monitor/web-b", { tag: "media" }],
    ]),
  );
});

test("a page with selectors is the page with the monitors written out, byte for byte", async () => {
  const keys = ["k0", "k1", "k2", "k3", "k4", "k5"];
  const monitor = fc.record({ tags: fc.subarray(["t0", "t1"]), parent: fc.constantFrom(undefined, "g0", "g1") });
  await fc.assert(
    fc.asyncProperty(
      fc.array(monitor, { minLength: keys.length, maxLength: keys.length }),
      fc.subarray(keys),
      fc.constantFrom("name", "declared"),
      async (monitors, named, order) => {
        const declared = keys.map((key, index) => {
          const { tags = [], parent } = monitors[index] ?? {};
          const inGroup = parent === undefined ? "" : `, parent: ${parent}`;
          return `  ${key}: { type: http, url: "https://${key}.example", name: n${9 - index}, tags: [${tags.join(", ")}]${inGroup} }`;
        });
        const base = `version: 1\nproject: demo\ntags: { t0: { name: t0 }, t1: { name: t1 } }\nmonitors:\n  g0: { type: group }\n  g1: { type: group, parent: g0 }\n${declared.join("\n")}\n`;
        const brought = keys.filter((_, index) => {
          const { tags = [], parent } = monitors[index] ?? {};
          return tags.includes("t0") || parent !== undefined;
        });
        const sorted = order === "name" ? ["g1", ...brought.toReversed()] : ["g1", ...brought];
        const list = [...named, ...sorted.filter((key) => !named.includes(key))];
        const page = (group: string): string => `${base}statusPages: { home: { title: Home, groups: [${group}] } }\n`;
        const [selected, written] = await Promise.all([
          loadText(
            page(
              `{ name: G, monitors: [${named.join(", ")}], select: [{ tag: t0 }, { parent: g0 }], order: ${order} }`,
            ),
          ),
          loadText(page(`{ name: G, monitors: [${list.join(", ")}] }`)),
        ]);
        const specs = [selected, written].map((config) =>
          [...toDesired(config).desired.entities.values()].map(({ key, spec, references }) =>
            canonicalText([key, spec, references as unknown as Json]),
          ),
        );
        expect(specs[0]).toEqual(specs[1]);
      },
    ),
  );
});
