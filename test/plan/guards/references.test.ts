/** Every reference field of every kind: what may be written, and that what is not there is refused before the first write. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referencesIn, type Field } from "../../../src/kinds/field.ts";
import { kinds } from "../../../src/kinds/index.ts";
import type { Kind, Variant } from "../../../src/kinds/kind.ts";
import { specFromWritten } from "../../../src/kinds/spec.ts";
import { neededKinds } from "../../../src/kuma/lists/needed-kinds.ts";
import { entityKey, usualLifecycle, type DesiredEntity } from "../../../src/model/entity.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { desiredOf, declare, observedOf, onServer, planOf } from "../builder.ts";

interface Referring {
  readonly label: string;
  readonly kind: Kind;
  readonly variant: Variant;
  readonly name: string;
  readonly field: Field;
}

const referring: readonly Referring[] = [...kinds.values()].flatMap((kind) =>
  kind.variants.flatMap((variant) =>
    Object.entries(variant.fields).flatMap(([name, field]) =>
      field.refersTo === undefined
        ? []
        : [{ label: `${kind.name} ${variant.type ?? ""} ${name}`, kind, variant, name, field }],
    ),
  ),
);

/** A reference where the field has its references: alone, in a list, or on a page. */
function writtenAs(field: Field, reference: Json): Json {
  if (field.schema["type"] !== "array") return reference;
  return field.kuma === "publicGroupList" ? [{ name: "G", monitors: [reference] }] : [reference];
}

function entityWith({ kind, variant, name, field }: Referring, reference: Json): DesiredEntity {
  const written: JsonObject = { ...variant.example, name: "x", [name]: writtenAs(field, reference) };
  const only = Object.fromEntries(
    Object.entries(written).filter(([other]) => other === name || variant.fields[other]?.refersTo === undefined),
  );
  const spec = specFromWritten(variant, only);
  const key = entityKey(kind.name, "x");
  const references = referencesIn(variant.fields, spec);
  return { key, kind: kind.name, name: "x", spec, references, defaulted: [], sensitive: [], lifecycle: usualLifecycle };
}

const ajv = new Ajv2020({ strict: false, allowUnionTypes: true });

describe.each(referring)("$label", (place) => {
  test("takes a key, a name and an id", () => {
    const isAccepted = ajv.compile(place.field.schema);
    for (const reference of ["web", { name: "By hand" }, { id: 7 }]) {
      expect([reference, isAccepted(writtenAs(place.field, reference))]).toEqual([reference, true]);
    }
    expect(isAccepted(writtenAs(place.field, { id: "7", other: 1 }))).toBe(false);
  });

  test("the kind that it refers to is read, and what is not there is refused", () => {
    for (const reference of [{ name: "nosuch" }, { id: 999 }]) {
      const entity = entityWith(place, reference);
      expect(entity.references.map(({ kind, to }) => ({ kind, to }))).toEqual([
        { kind: place.field.refersTo, to: reference },
      ]);
      expect(neededKinds(desiredOf(entity))).toContain(place.field.refersTo);
      const { blockers } = planOf(desiredOf(entity), observedOf(onServer(1, { name: "other", type: "http" })));
      expect(blockers.map(({ code, keys }) => [code, keys])).toEqual([["KS4005", [entity.key]]]);
    }
  });
});

test("each kind that refers to something is in the list above", () => {
  expect(new Set(referring.map(({ kind }) => kind.name))).toEqual(new Set(["monitor", "status-page", "maintenance"]));
});

test("law: whatever is on the server, a plan without KS4005 refers to objects that are there and stay", () => {
  const object = fc.record({ id: fc.integer({ min: 1, max: 6 }), name: fc.constantFrom("a", "b", "c") });
  const reference = fc.oneof(
    fc.record({ id: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ name: fc.constantFrom("a", "b", "c", "d") }),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(object, { selector: ({ id }) => id }),
      fc.array(reference),
      fc.boolean(),
      (there, to, ours) => {
        const observed = observedOf(
          ...there.map(({ id, name }) =>
            onServer(id, { name }, { kind: "notification", ...(ours && id === 1 ? { marker: "shop/old" } : {}) }),
          ),
        );
        const plan = planOf(desiredOf(declare("m", { type: "http", notifications: to })), observed, {
          allowDeletes: 9,
        });
        const isSound = to.every((one) => {
          const found = there.filter(({ id, name }) => ("id" in one ? id === one.id : name === one.name));
          return found.length === 1 && !(ours && found[0]?.id === 1);
        });
        const found = plan.blockers.map(({ code }) => code);
        expect(found.some((code) => ["KS4005", "KS4006", "KS4026"].includes(code))).toBe(!isSound);
      },
    ),
  );
});

function child(parent: Json): DesiredEntity {
  return declare("m", { type: "http", parent });
}

function settings(entryPage: string): DesiredEntity {
  return declare("server", { entryPage }, { kind: "settings" });
}

function page(slug: string): DesiredEntity {
  return { ...declare("main", {}, { kind: "status-page" }), name: slug, spec: { name: "main", slug } };
}

function codes(...args: Parameters<typeof planOf>): string[] {
  return planOf(...args).blockers.map(({ code }) => code);
}

describe("a parent", () => {
  const group = onServer(1, { name: "G", type: "group", active: true }, { marker: "shop/g" });

  test.each([{ id: 2 }, { name: "by hand" }])("%j that is not a group is refused", (parent) => {
    const observed = observedOf(onServer(2, { name: "by hand", type: "http" }));
    expect(codes(desiredOf(child(parent)), observed)).toEqual(["KS4024"]);
  });

  test("of a type that is not known is refused", () => {
    const unknown = { ...onServer(2, { name: "new", type: "quantum" }), spec: undefined };
    expect(codes(desiredOf(child({ id: 2 })), observedOf(unknown))).toEqual(["KS4024"]);
  });

  test("that stops being a group is refused, and one that becomes a group is not", () => {
    const { blockers } = planOf(
      desiredOf(declare("g", { name: "G", type: "http" }), child({ name: "G" })),
      observedOf(group),
    );
    expect(blockers.map(({ code }) => code)).toEqual(["KS4024"]);
    const http = onServer(1, { name: "G", type: "http", active: true }, { marker: "shop/g" });
    expect(
      codes(desiredOf(declare("g", { name: "G", type: "group" }), child({ name: "G" })), observedOf(http)),
    ).toEqual([]);
  });
});

describe("a name", () => {
  const group = onServer(1, { name: "Old", type: "group", active: true }, { marker: "shop/g" });

  test("that this plan changes is refused, because the next plan would not find it", () => {
    const [found] = planOf(
      desiredOf(declare("g", { name: "New", type: "group" }), child({ name: "Old" })),
      observedOf(group),
    ).blockers;
    expect(found?.message).toBe('monitor/m refers to the monitor "Old" (id 1), which this plan renames to "New"');
    expect(found?.waysOn).toEqual(["refer to monitor/g by its key: `g`"]);
  });

  test("that stays, or the id of a renamed object, is accepted", () => {
    expect(
      codes(desiredOf(declare("g", { name: "Old", type: "group" }), child({ name: "Old" })), observedOf(group)),
    ).toEqual([]);
    expect(codes(desiredOf(declare("g", { name: "New", type: "group" }), child({ id: 1 })), observedOf(group))).toEqual(
      [],
    );
    const kept = {
      ...declare("g", { name: "New", type: "group" }),
      lifecycle: { ...usualLifecycle, ignoreChanges: ["/name"] },
    };
    expect(codes(desiredOf(kept, child({ name: "Old" })), observedOf(group))).toEqual([]);
  });

  test("that only a declared object has leads to its key", () => {
    const { blockers } = planOf(
      desiredOf(declare("g", { name: "New", type: "group" }), child({ name: "New" })),
      observedOf(),
    );
    expect(blockers.map(({ code, waysOn }) => [code, waysOn])).toEqual([
      ["KS4005", ["refer to monitor/g by its key: `g`"]],
    ]);
  });
});

describe("the entry page", () => {
  const server = onServer(1, { name: "server", entryPage: "dashboard" }, { kind: "settings" });
  const main = onServer(1, { name: "main", slug: "main" }, { kind: "status-page", marker: "shop/main" });
  const codesOf = (...entities: readonly DesiredEntity[]): string[] =>
    codes(desiredOf(...entities), observedOf(server, main), { allowDeletes: 9 });

  test("is a page that is there or declared, or the dashboard", () => {
    expect(codesOf(settings("main"), page("main"))).toEqual([]);
    expect(codesOf(settings("other"), page("other"))).toEqual([]);
    expect(codesOf(settings("dashboard"), page("main"))).toEqual([]);
  });

  test("is not a page that is missing, renamed or deleted", () => {
    expect(codesOf(settings("nosuch"), page("main"))).toEqual(["KS4005"]);
    expect(codesOf(settings("main"), page("other"))).toEqual(["KS4005"]);
    expect(codesOf(settings("main"))).toContain("KS4026");
  });

  test.each([
    ["renamed", [settings("main"), page("other")], "gives status-page/main the slug", "write `entryPage: other`"],
    ["deleted", [settings("main")], "which this plan deletes as status-page/main", "write another `entryPage`"],
    ["missing", [settings("nosuch"), page("main")], "no status page has this slug", "with this `slug`"],
  ] as const)("that is %s is refused with its reason", (_what, entities, reason, way) => {
    const { blockers } = planOf(desiredOf(...entities), observedOf(server, main), { allowDeletes: 9 });
    const [found] = blockers.filter(({ keys: [key] }) => key === "settings/server");
    expect(found?.message).toContain(reason);
    expect(found?.waysOn.join()).toContain(way);
  });

  test("is looked for among the pages, so they are read", () => {
    expect(neededKinds(desiredOf(settings("main")))).toContain("status-page");
    expect(neededKinds(desiredOf(settings("dashboard")))).not.toContain("status-page");
  });
});
