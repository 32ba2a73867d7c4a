import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditions } from "../../src/kinds/codecs/conditions.ts";
import { duration } from "../../src/kinds/codecs/duration.ts";
import { body, headers } from "../../src/kinds/codecs/json-text.ts";
import { monitorTags } from "../../src/kinds/codecs/monitor-tags.ts";
import { boolean, wholeNumber } from "../../src/kinds/codecs/number.ts";
import { reference, referenceSet } from "../../src/kinds/codecs/reference.ts";
import { saslOptions } from "../../src/kinds/codecs/sasl-options.ts";
import { statusCodes } from "../../src/kinds/codecs/status-codes.ts";
import { addressList } from "../../src/kinds/codecs/text-list.ts";
import {
  optionalText,
  pem,
  resolverText,
  text,
  trimmedText,
  upperCaseText,
  urlText,
  word,
} from "../../src/kinds/codecs/text.ts";
import type { Codec, IdOf, ReferenceOf } from "../../src/kinds/field.ts";
import type { EntityKey } from "../../src/model/entity.ts";
import { canonicalText, type Json } from "../../src/model/json.ts";

// Ids that carry their key, so that any reference can go to the server and back.
const keys: string[] = [];
const idOf: IdOf = (_kind, to) => {
  const known = canonicalText(to);
  if (!keys.includes(known)) keys.push(known);
  return keys.indexOf(known) + 1;
};
const referenceOf: ReferenceOf = (_kind, id) =>
  keys[id - 1] === undefined ? { id } : (JSON.parse(keys[id - 1] as string) as EntityKey);

const json = fc.jsonValue().map((value) => value as Json);
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((value): Json => value);
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).filter((name) => name !== "name");
const writtenReferences: fc.Arbitrary<Json> = fc.oneof(key, fc.record({ name: fc.string({ minLength: 1 }) }));
const mapping = fc.dictionary(fc.string(), scalar);
const prose = fc.oneof(fc.string(), fc.constantFrom("", "true", "1.0", "[1, 2]", '{"a": {"b": 1}}', '{"a":', "null"));

const expression = fc.record(
  {
    variable: fc.constantFrom("record", "result"),
    operator: fc.constantFrom("contains", "equals"),
    value: scalar,
    andOr: fc.constantFrom("and", "or"),
  },
  { requiredKeys: ["variable", "operator", "value"] },
);
const { nodes } = fc.letrec<{ nodes: Json }>((tie) => ({
  nodes: fc.array(
    fc.oneof(
      { depthSize: "small" },
      expression.map((node): Json => node as Json),
      fc.record({ andOr: fc.constantFrom("and", "or"), children: tie("nodes") }).map((node): Json => node),
    ),
    { maxLength: 4 },
  ),
}));

const codecs: readonly { readonly name: string; readonly codec: Codec; readonly written: fc.Arbitrary<Json> }[] = [
  { name: "text", codec: text, written: scalar },
  { name: "optional text", codec: optionalText, written: scalar },
  { name: "trimmed text", codec: trimmedText, written: scalar },
  { name: "URL", codec: urlText, written: fc.constantFrom(" HTTP://A/B ", "https://x", "WSS://y\n", "x") },
  { name: "resolver", codec: resolverText, written: fc.constantFrom(" [::1] ", "1.1.1.1, [::1]", "a,b") },
  { name: "word", codec: word("a"), written: fc.constantFrom("a", "b", "") },
  { name: "upper-case text", codec: upperCaseText, written: fc.constantFrom("get", "Post", "#aabbcc") },
  { name: "pem", codec: pem, written: fc.constantFrom("", "\r\nA\r\nB\r\n", "A\nB") },
  { name: "whole number", codec: wholeNumber, written: fc.oneof(fc.integer(), fc.constantFrom("12", 1.5)) },
  { name: "boolean", codec: boolean, written: fc.constantFrom<Json>(true, false, "true", 1, 0) },
  { name: "duration", codec: duration, written: fc.oneof(fc.nat(), fc.constantFrom("90", "90s", "1.5m", "1h", "2d")) },
  { name: "headers", codec: headers, written: fc.oneof(mapping, prose) },
  { name: "body", codec: body, written: fc.oneof(mapping, fc.array(json), prose) },
  { name: "address list", codec: addressList, written: fc.array(fc.oneof(scalar, fc.constant(""))) },
  { name: "conditions", codec: conditions, written: nodes },
  {
    name: "SASL options",
    codec: saslOptions,
    written: fc.record(
      {
        mechanism: fc.constantFrom("None", "plain", "scram-sha-512", "aws"),
        username: fc.string(),
        password: fc.string(),
        accessKeyId: fc.string(),
      },
      { requiredKeys: ["mechanism"] },
    ),
  },
  {
    name: "status codes",
    codec: statusCodes,
    written: fc.array(fc.constantFrom<Json>(200, "200-299", "404", " 500 ")),
  },
  { name: "reference", codec: reference("monitor"), written: fc.oneof(writtenReferences, fc.constant(null)) },
  { name: "reference set", codec: referenceSet("notification"), written: fc.array(writtenReferences) },
  {
    name: "monitor tags",
    codec: monitorTags,
    written: fc.array(
      fc.oneof(
        key,
        fc.tuple(key, scalar).map(([name, value]): Json => ({ [name]: value })),
        fc
          .record({ name: fc.string({ minLength: 1 }), value: scalar }, { requiredKeys: ["name"] })
          .map((item): Json => item as Json),
      ),
    ),
  },
];

describe.each(codecs)("$name", ({ codec, written }) => {
  test("what goes to the server comes back the same", () => {
    fc.assert(
      fc.property(written, (value) => {
        const canonical = codec.normalise(value);
        const wire = JSON.parse(JSON.stringify(codec.toKuma(canonical, idOf))) as Json;
        expect(canonicalText(codec.fromKuma(wire, referenceOf))).toBe(canonicalText(canonical));
      }),
    );
  });

  test("writing it for a person and reading it again gives the same value", () => {
    fc.assert(
      fc.property(written, (value) => {
        const canonical = codec.normalise(value);
        const again = codec.normalise(codec.written?.(canonical) ?? canonical);
        expect(canonicalText(again)).toBe(canonicalText(canonical));
      }),
    );
  });

  test("junk from the server does not throw, and is written back as it was read", () => {
    fc.assert(
      fc.property(fc.option(json, { nil: undefined }), (junk) => {
        const canonical = codec.fromKuma(junk, referenceOf);
        const wire = JSON.parse(JSON.stringify(codec.toKuma(canonical, idOf))) as Json;
        expect(canonicalText(codec.fromKuma(wire, referenceOf))).toBe(canonicalText(canonical));
      }),
    );
  });
});

/** References are not among them: a key that is written is not yet the full key. */
describe.each(codecs.filter(({ codec }) => codec.references === undefined))("$name", ({ codec, written }) => {
  test("a canonical value is its own canonical form", () => {
    fc.assert(
      fc.property(written, (value) => {
        const canonical = codec.normalise(value);
        expect(canonicalText(codec.normalise(canonical))).toBe(canonicalText(canonical));
      }),
    );
  });
});

test.each([
  [90, 90],
  ["90", 90],
  ["90s", 90],
  ["1.5m", 90],
  ["1h", 3600],
  ["1d", 86_400],
])("the duration %j is %d seconds", (written, seconds) => {
  expect(duration.normalise(written)).toBe(seconds);
});

test("empty text, null and nothing are one, except for an expected value", () => {
  expect(["", null, undefined].map((wire) => optionalText.fromKuma(wire, referenceOf))).toEqual([null, null, null]);
  expect(text.fromKuma("", referenceOf)).toBe("");
  expect(text.fromKuma(null, referenceOf)).toBe(null);
});

test("numbers for booleans are understood", () => {
  expect([1, 0, true, false, "true", null].map((wire) => boolean.fromKuma(wire, referenceOf))).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
});

test("headers and bodies are written as the form would write them", () => {
  expect(headers.toKuma(headers.normalise({ A: 1 }), idOf)).toBe('{\n    "A": "1"\n}');
  expect(body.toKuma(body.normalise('{"a":[1]}'), idOf)).toBe('{\n    "a": [\n        1\n    ]\n}');
});

test("headers that differ in layout and order only are equal", () => {
  const compact = headers.fromKuma('{"b":"2","a":1}', referenceOf);
  expect(canonicalText(compact)).toBe(canonicalText(headers.normalise({ a: "1", b: "2" })));
  expect(headers.normalise({})).toBe(null);
});

test("a body that is a bare number stays the text it is", () => {
  expect(body.toKuma(body.normalise("1.0"), idOf)).toBe("1.0");
});

test("links that were taken away in a form do not count", () => {
  expect(referenceSet("notification").fromKuma({ 900: true, 901: false }, (_kind, id) => ({ id }))).toEqual([
    { id: 900 },
  ]);
});

test("tags: repeated rows count once, NULL is no value, the marker tag is left out", () => {
  const rows = [
    { tag_id: 902, name: "team", value: "core" },
    { tag_id: 902, name: "team", value: "core" },
    { tag_id: 901, name: "prod", value: null },
    { tag_id: 900, name: "kuma-sync", value: "shop/api" },
  ];
  expect(monitorTags.fromKuma(rows, (_kind, id) => ({ id }))).toEqual([
    { tag: { id: 901 }, value: "" },
    { tag: { id: 902 }, value: "core" },
  ]);
});

test("tags are written as a key, a key with a value, or a name", () => {
  expect(monitorTags.normalise(["prod", { team: "core" }, { name: "By hand", value: 5 }, { name: "Bare" }])).toEqual([
    { tag: "tag/prod", value: "" },
    { tag: "tag/team", value: "core" },
    { tag: { name: "Bare" }, value: "" },
    { tag: { name: "By hand" }, value: "5" },
  ]);
});

describe("conditions", () => {
  const one = { variable: "record", operator: "contains", value: "10.0.0.1" };

  test("are written in the server's own shape, with a type for each node", () => {
    const written = [one, { andOr: "or", children: [one, { ...one, andOr: "or", value: 5 }] }];
    expect(conditions.toKuma(conditions.normalise(written), idOf)).toEqual([
      { type: "expression", andOr: "and", ...one },
      {
        type: "group",
        andOr: "or",
        children: [
          { type: "expression", andOr: "and", ...one },
          { type: "expression", andOr: "or", ...one, value: "5" },
        ],
      },
    ]);
  });

  test("do not count what has no meaning: ids of other tools, how the first is joined, types the server skips", () => {
    const odd = [
      { type: "comment", text: "x" },
      { type: "expression", id: "a1", andOr: "or", ...one },
    ];
    expect(conditions.fromKuma(odd, referenceOf)).toEqual(conditions.normalise([one]));
    expect(conditions.fromKuma([one], referenceOf)).toEqual([]);
  });

  test("tell every difference that has one", () => {
    const [plain] = conditions.normalise([one]) as readonly Json[];
    const others = [
      { ...one, operator: "equals" },
      { ...one, value: "x" },
      { ...one, variable: "result" },
      { children: [one] },
    ];
    expect(
      others.filter((other) => canonicalText(conditions.normalise([other])) === canonicalText([plain ?? null])),
    ).toEqual([]);
    const joined = ["and", "or"].map((andOr) => canonicalText(conditions.normalise([one, { ...one, andOr }])));
    expect(joined[0]).not.toBe(joined[1]);
  });
});

describe("SASL options", () => {
  test.each<{ readonly says: string; readonly wire: Json; readonly canonical: Json }>([
    {
      says: "no login",
      wire: { mechanism: "None", username: "old", password: "old" },
      canonical: { mechanism: "None" },
    },
    {
      says: "what another mechanism left behind",
      wire: { mechanism: "scram-sha-256", username: "u", password: "p", authorizationIdentity: "i", accessKeyId: "k" },
      canonical: { mechanism: "scram-sha-256", username: "u", password: "p" },
    },
    {
      says: "an identity that plain sends on",
      wire: { mechanism: "plain", username: "u", password: "", authorizationIdentity: "i" },
      canonical: { mechanism: "plain", username: "u", password: "", authorizationIdentity: "i" },
    },
    {
      says: "a token that is empty",
      wire: { mechanism: "aws", accessKeyId: "k", sessionToken: "" },
      canonical: { mechanism: "aws", accessKeyId: "k" },
    },
    { says: "no options at all, an error", wire: null, canonical: null },
  ])("$says", ({ wire, canonical }) => {
    expect(saslOptions.fromKuma(wire, referenceOf)).toEqual(canonical);
  });
});
