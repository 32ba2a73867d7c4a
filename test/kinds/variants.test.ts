import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { byType } from "../../src/kinds/by-type.ts";
import { defaultOf } from "../../src/kinds/field.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import { kinds } from "../../src/kinds/index.ts";
import { monitorTypes } from "../../src/kinds/monitor-types/index.ts";
import { providerTypes } from "../../src/kinds/notification-providers/provider-types.ts";
import { newerThan, sensitivePointers, specFromWritten, specOnRelease } from "../../src/kinds/spec.ts";
import { InternalError } from "../../src/model/errors.ts";
import { kindNames } from "../../src/model/entity.ts";
import { pointerParts, type Json, type JsonObject } from "../../src/model/json.ts";
import type { Release } from "../../src/model/release.ts";

// As strict as where users' files are checked.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const variants = [...kinds.values()].flatMap((kind) =>
  kind.variants.map((variant) => ({ label: `${kind.name} ${variant.type ?? ""}`.trim(), variant })),
);
const typed = variants.filter(({ variant }) => !variant.isOpen);
const fields = typed.flatMap(({ label, variant }) =>
  Object.entries(variant.fields).map(([name, field]) => ({ label: `${label} ${name}`, field })),
);

/** Schemas judge values after interpolation, so what stands for a secret is tried as an address and as a word. */
function isAccepted(schema: JsonObject, value: Json): boolean {
  return ["https://example.com/x", "a1b2c3"].some((secret) => {
    const interpolated = JSON.stringify(value).replaceAll(/\$\{[^}]*\}/gu, secret);
    return ajv.validate(schema, JSON.parse(interpolated));
  });
}

function tooNew(release: Release, type: string, written: JsonObject): readonly string[] {
  const variant = monitorTypes.get(type);
  return variant === undefined
    ? []
    : newerThan(release, variant, written).map(({ name, value }) => `${name}=${value ?? ""}`);
}

const noId = (): number => 0;

test("the kinds come in the order in which they are created", () => {
  expect([...kinds.keys()]).toEqual(kindNames);
});

test("no field repeats its own name as the server's key", () => {
  const repeating = variants.flatMap(({ label, variant }) =>
    Object.entries(variant.fields).flatMap(([name, { kuma }]) => (kuma === name ? `${label} ${name}` : [])),
  );
  expect(repeating).toEqual([]);
});

test.each(["monitor-types", "notification-providers"])("every file of a type in %s is in its list", async (folder) => {
  const path = new URL(`../../src/kinds/${folder}/`, import.meta.url);
  const files = readdirSync(path).filter((file) => {
    const text = readFileSync(new URL(file, path), "utf8");
    return /= define(?:MonitorType|Provider)\(/u.test(text);
  });
  const listed = variants.map(({ variant }) => variant);
  const exported = await Promise.all(
    files.map(async (file) => Object.values((await import(new URL(file, path).href)) as Record<string, Variant>)),
  );
  expect(exported.flat().filter((value) => typeof value === "object" && !listed.includes(value))).toEqual([]);
  expect(files.length).toBeGreaterThan(15);
});

test("a type that is listed twice fails at load", () => {
  const group = monitorTypes.get("group");
  if (group === undefined) throw new Error("no group");
  expect(() => byType([group, group])).toThrow(InternalError);
});

test("every provider up to 2.5.5 and of the 3.x line is known, once", () => {
  expect(providerTypes).toHaveLength(109);
  expect(new Set(kinds.get("notification")?.variants.map(({ type }) => type))).toEqual(new Set(providerTypes));
  expect(variants.filter(({ variant }) => variant.isOpen)).toHaveLength(85);
});

describe.each(typed)("$label", ({ variant }) => {
  const schema = {
    type: "object",
    properties: {
      ...(variant.type === undefined ? {} : { type: { const: variant.type } }),
      ...Object.fromEntries(Object.entries(variant.fields).map(([name, field]) => [name, field.schema])),
    },
    required: variant.required,
    additionalProperties: false,
  };

  test("has an example that its own schema accepts", () => {
    expect([variant.example].filter((example) => !isAccepted(schema, example))).toEqual([]);
  });

  test("has a spec that names every field, but for those that are kept", () => {
    const kept = Object.entries(variant.fields).flatMap(([name, field]) =>
      field.isKeptUnlessWritten === true && variant.example[name] === undefined ? [name] : [],
    );
    const names = Object.keys(variant.fields).filter((name) => !kept.includes(name));
    const { type: _type, ...spec } = specFromWritten(variant, variant.example);
    expect(Object.keys(spec)).toEqual(names);
  });
});

describe.each(fields)("$label", ({ field }) => {
  const { title, description, examples, default: fallback } = field.schema;

  test("says what it is, and gives a default or an example", () => {
    expect(title).toMatch(/^[A-Z]/u);
    expect(description).toMatch(/\.$/u);
    expect(examples ?? fallback).not.toBe(undefined);
  });

  test("has a default and examples that its own schema accepts", () => {
    const given = [...((examples ?? []) as readonly Json[]), ...(fallback === undefined ? [] : [fallback])];
    expect(given.filter((value) => !isAccepted(field.schema, value))).toEqual([]);
  });

  test("has a default that the server would send back as it is", () => {
    if (field.refersTo !== undefined) return;
    const canonical = defaultOf(field);
    expect(field.codec.fromKuma(field.codec.toKuma(canonical, noId), () => ({ id: 0 }))).toEqual(canonical);
  });
});

test("values of headers, bodies, tokens, passwords and keys are never shown", () => {
  const secret =
    /pass|token$|secret$|headers|^body$|grpcBody|tlsKey|webhook_?url|PrivateKey|connectionString|(api|user|integration)key$|saslOptions|appriseURL/iu;
  const missed = typed.flatMap(({ label, variant }) => {
    const written = Object.fromEntries(Object.keys(variant.fields).map((name): [string, Json] => [name, "x"]));
    const shown = sensitivePointers(variant, written).map((pointer) => pointerParts(pointer)[0]);
    return Object.keys(variant.fields)
      .filter((name) => secret.test(name) && !shown.includes(name))
      .map((name) => `${label} ${name}`);
  });
  expect(missed).toEqual([]);
});

describe("conditions of mqtt", () => {
  const schema = monitorTypes.get("mqtt")?.fields["conditions"]?.schema ?? {};
  const one = { variable: "message", operator: "contains", value: "up" };

  test.each<{ readonly says: string; readonly written: Json }>([
    { says: "an expression", written: [one] },
    { says: "a number as the value", written: [{ ...one, operator: "gt", value: 5 }] },
    { says: "groups in groups", written: [one, { andOr: "or", children: [one, { children: [{ children: [one] }] }] }] },
  ])("may be $says", ({ written }) => {
    expect(ajv.validate(schema, written)).toBe(true);
  });

  test.each<{ readonly says: string; readonly written: Json }>([
    { says: "a variable of another type", written: [{ ...one, variable: "record" }] },
    { says: "an operator that the server does not have", written: [{ ...one, operator: "contain" }] },
    { says: "without a value", written: [{ variable: "message", operator: "contains" }] },
    { says: "an empty group", written: [{ children: [] }] },
    { says: "both an expression and a group", written: [{ ...one, children: [one] }] },
    { says: "neither", written: [{ andOr: "or" }] },
    { says: "the server's own type", written: [{ type: "expression", ...one }] },
  ])("may not be $says", ({ written }) => {
    expect(ajv.validate(schema, written)).toBe(false);
  });

  test("on dns have no operators for numbers, which a record never is", () => {
    const dns = monitorTypes.get("dns")?.fields["conditions"]?.schema ?? {};
    expect(ajv.validate(dns, [{ variable: "record", operator: "gt", value: 5 }])).toBe(false);
  });
});

function since(type: string, name: string): Release | undefined {
  return monitorTypes.get(type)?.fields[name]?.since;
}

test("what a type looks at only since a later release is newer there than elsewhere", () => {
  expect(["http", "websocket-upgrade"].map((type) => since(type, "headers"))).toEqual([undefined, [2, 3, 0]]);
  expect(["http", "websocket-upgrade"].map((type) => since(type, "bearerToken"))).toEqual([
    [2, 4, 0],
    [2, 4, 0],
  ]);
  expect(["postgres", "mongodb"].map((type) => since(type, "databaseQuery"))).toEqual([undefined, [2, 0, 0]]);
});

test.each(["json-query", "snmp", "mqtt", "mongodb", "globalping"])("a query of %s tells its expression", (type) => {
  const query = monitorTypes.get(type);
  expect(query?.queries?.({ jsonPath: "$.a" })).toEqual([{ at: "/jsonPath", text: "$.a" }]);
  expect(query?.queries?.({})).toEqual([]);
});

test("every field for an expression is listed", () => {
  const silent = typed.filter(({ variant }) => "jsonPath" in variant.fields && variant.queries === undefined);
  expect(silent.map(({ label }) => label)).toEqual([]);
});

describe("what an older server does not have", () => {
  test("is named when it is written", () => {
    const written = { cacheBust: true, bearerToken: "t", authMethod: "bearer", method: "GET" };
    expect(tooNew([1, 23, 17], "http", written)).toEqual(["cacheBust=", "bearerToken=", "authMethod=bearer"]);
    expect(tooNew([2, 0, 0], "http", written)).toEqual(["bearerToken=", "authMethod=bearer"]);
    expect(tooNew([2, 4, 0], "http", written)).toEqual([]);
  });

  test("includes measurements, protocols and types of login", () => {
    expect(tooNew([2, 1, 1], "globalping", { subtype: "dns" })).toEqual(["subtype=dns"]);
    expect(tooNew([2, 1, 2], "globalping", { subtype: "dns" })).toEqual([]);
    expect(tooNew([2, 0, 2], "snmp", { snmpVersion: "3" })).toEqual(["snmpVersion=3"]);
    expect(tooNew([2, 3, 0], "websocket-upgrade", { authMethod: "bearer" })).toEqual(["authMethod=bearer"]);
  });

  test("is left out of the spec for it", () => {
    const ping = monitorTypes.get("ping");
    if (ping === undefined) throw new Error("no ping");
    const spec = specOnRelease(ping, specFromWritten(ping, ping.example), [1, 23, 17]);
    expect(spec).not.toHaveProperty("pingCount");
    expect(spec).toHaveProperty("packetSize", 56);
  });
});
