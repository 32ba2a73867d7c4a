/** Configurations that nobody would write: real ones with bites taken out of them, and made-up ones that are nearly right. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { kinds } from "../../src/kinds/index.ts";
import type { Json } from "../../src/model/json.ts";

const seeds = ["../fixtures/err/", "../fixtures/ok/", "../../examples/"].flatMap((name) => {
  const folder = fileURLToPath(new URL(name, import.meta.url));
  return (
    readdirSync(folder)
      // An alias bomb costs as much as its budget allows, once for each of its mutants.
      .filter((file) => file.endsWith(".yaml") && file !== "billion-laughs.yaml")
      .map((file) => readFileSync(folder + file, "utf8"))
  );
});

const inserted = fc.oneof(
  fc.constantFrom(
    "",
    "\n",
    "\t",
    "  ",
    ": ",
    "- ",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    "\r\n",
    "\u0000",
    "😀",
    ",",
    "\n\n  ",
  ),
  fc.constantFrom(
    "&a ",
    "*a",
    "!x ",
    "!!str ",
    "|",
    ">",
    "#",
    "---\n",
    "<<: ",
    "~",
    "null",
    "1e999",
    "0x",
    "true",
    "? ",
  ),
  fc.constantFrom(
    "${env:TOKEN}",
    "${env:HOST}",
    "${env:PORT}",
    "${var:x}",
    "${file:x}",
    "${",
    "}",
    "$${",
    "${env:A:-b}",
  ),
  fc.constantFrom("version", "project", "type", "__proto__: ", "constructor: ", "monitors:\n", "targets: ", "moved: "),
  fc.constantFrom(
    "protect: true, ",
    "onRemove: pause, ",
    "ignoreChanges: [x], ",
    "adopt: 1, ",
    "monitor/a",
    "overrides: ",
  ),
  fc.constantFrom("\u001B[31m", String.raw`"\e[2J"`, "::error::x", "```", "\u202E", "@everyone", "\u{E0001}", "\uFEFF"),
);
const edit = fc.record({ at: fc.nat(), length: fc.integer({ min: 0, max: 12 }), put: inserted });
const edits = fc.array(edit, { minLength: 1, maxLength: 5 });

function edited(seed: string, changes: readonly { at: number; length: number; put: string }[]): string {
  let text = seed;
  for (const { at, length, put } of changes) {
    const start = at % (text.length + 1);
    text = text.slice(0, start) + put + text.slice(start + length);
  }
  return text;
}

/** A real file, bitten. */
const mutant = fc.tuple(fc.constantFrom(...seeds), edits).map(([seed, changes]) => edited(seed, changes));

const key = fc.constantFrom("a", "b", "c", "a.health", "A-1", "é", "__proto__", "toString", "a b", "1", "");
const fullKey = fc.oneof(
  key.map((name) => `monitor/${name}`),
  fc.constantFrom("monitors/a", "notification/b", "tag/c", "a", "monitor/", "/", "monitor//a", "proxy/x", "settings/x"),
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    1e21,
    "",
    " ",
    "x",
    "60s",
    "5m",
    "yes",
    "0x10",
    "1.0",
    "*",
    "$",
  ),
  fc.constantFrom<Json>(
    "${env:TOKEN}",
    "${env:PORT}",
    "${var:v}",
    "${var:none}",
    "${file:none}",
    "${",
    "https://x.example",
  ),
  fc.constantFrom<Json>(
    "$contians(a)",
    "a[b",
    "[404]",
    "200-299",
    "oncall",
    "\u001B[31m",
    "::error::x",
    "```\n@everyone",
  ),
  fullKey,
  fc.string({ maxLength: 12, unit: "binary" }),
);
const anything: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(key, fullKey, fc.constantFrom("type", "name", "id", "to", "from", "url")), tie("value"), {
      maxKeys: 4,
    }),
  ),
})).value;

/** Mostly the first. */
function mostly(good: fc.Arbitrary<Json>, weight = 6): fc.Arbitrary<Json> {
  return fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: anything });
}

const lifecycle = fc.record(
  {
    protect: mostly(fc.boolean()),
    onRemove: mostly(fc.constantFrom("delete", "pause", "release")),
    ignoreChanges: mostly(fc.array(fc.constantFrom("url", "/headers/A", "name", "interval", "nothing", "/", "/a~2"))),
    adopt: mostly(fc.oneof(fc.integer(), fc.record({ id: scalar }), fc.record({ name: scalar }))),
    sample: anything,
    tests: anything,
  },
  { requiredKeys: [] },
);

const allKinds = [...kinds.values()];

function entityOf(kind: (typeof allKinds)[number]): fc.Arbitrary<Json> {
  return fc.constantFrom(...kind.variants).chain(({ example, type, fields }) => {
    const odd = fc.dictionary(fc.constantFrom(...Object.keys(fields), "typo"), anything, { maxKeys: 3 });
    return fc
      .tuple(odd, lifecycle)
      .map(([wrong, beside]) => ({ ...example, ...(type === undefined ? {} : { type }), ...wrong, ...beside }));
  });
}

const target = fc.record(
  {
    url: mostly(
      fc.constantFrom("https://x.example", "https://${var:v}", "https://${env:HOST}", "https://a:b@x.example"),
    ),
    username: scalar,
    passwordEnv: scalar,
    vars: mostly(fc.dictionary(fc.constantFrom("v", "w"), scalar, { maxKeys: 2 })),
    overrides: mostly(fc.dictionary(fullKey, anything, { maxKeys: 3 })),
  },
  { requiredKeys: [] },
);

const sections = Object.fromEntries(
  allKinds.map((kind) => [kind.section, mostly(fc.dictionary(key, mostly(entityOf(kind), 9), { maxKeys: 3 }))]),
);
const configuration = fc.record(
  {
    version: mostly(fc.constant(1), 30),
    project: mostly(fc.constant("p"), 20),
    vars: mostly(fc.dictionary(fc.constantFrom("v", "w"), scalar, { maxKeys: 2 })),
    targets: mostly(fc.dictionary(key, mostly(target), { maxKeys: 3 })),
    defaults: mostly(
      fc.dictionary(fc.constantFrom("monitor", "notification", "tag", "x"), mostly(lifecycle), { maxKeys: 2 }),
    ),
    policy: mostly(fc.record({ onRemove: scalar, maxDeletes: scalar }, { requiredKeys: [] })),
    limits: mostly(fc.record({ completionsPerDay: scalar }, { requiredKeys: [] })),
    moved: mostly(fc.array(mostly(fc.record({ from: fullKey, to: fullKey }, { requiredKeys: [] })), { maxLength: 4 })),
    adopt: mostly(
      fc.array(mostly(fc.record({ to: fullKey, id: scalar, name: scalar }, { requiredKeys: [] })), { maxLength: 4 }),
    ),
    openWebUI: mostly(
      fc.dictionary(
        key,
        mostly(fc.record({ url: scalar, models: anything, overrides: anything }, { requiredKeys: [] })),
        { maxKeys: 2 },
      ),
    ),
    ...sections,
  },
  { requiredKeys: ["version", "project"] },
);
const style = fc.record({
  collectionStyle: fc.constantFrom("any", "block", "flow"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
  indent: fc.constantFrom(1, 2, 4),
  lineWidth: fc.constantFrom(0, 20, 80),
} as const);

/** Made of the words of the format, some of them in the wrong place; a few bitten on top. */
const invented = fc
  .tuple(configuration, style, fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: edits }))
  .map(([value, options, changes]) => edited(stringify(value, { ...options, aliasDuplicateObjects: false }), changes));

export const fuzzedDocument = fc.oneof(mutant, invented);
