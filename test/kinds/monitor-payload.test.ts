import { describe, expect, test } from "vitest";
import { toText } from "../../src/kinds/codecs/text.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import { editedMonitor, newMonitor } from "../../src/kinds/monitor-payload.ts";
import { monitorTypes } from "../../src/kinds/monitor-types/index.ts";
import { specFromRow, specFromWritten, specOnRelease } from "../../src/kinds/spec.ts";
import { InternalError } from "../../src/model/errors.ts";
import { canonicalText, type Json, type JsonObject } from "../../src/model/json.ts";
import { columnsOf } from "./monitor-columns.ts";
import { capabilitiesOf, idOf, newest, referenceOf, releases } from "./recording-client.ts";
import { isAtLeast, type Release } from "../../src/model/release.ts";

const cases = [...monitorTypes.values()].flatMap((variant) =>
  releases
    .filter((release) => isAtLeast(release, variant.since))
    .map((release) => ({ variant, release, type: variant.type ?? "", version: release.join(".") })),
);

function contextFor(release: Release): Parameters<typeof newMonitor>[1] {
  return { idOf, capabilities: capabilitiesOf(release) };
}

/** What a list would show of a saved payload. */
function asRow(id: number, payload: JsonObject): JsonObject & { readonly id: number } {
  return {
    ...payload,
    id,
    tags: [],
    path: ["x"],
    pathName: "x",
    childrenIDs: [],
    forceInactive: false,
    maintenance: false,
  };
}

/**
 * Without what a list does not tell: it can be declared, but not compared
 * (docs/upstream/uptime-kuma.md#fields-of-a-monitor).
 */
function withoutUnobservable(variant: Variant, row: JsonObject, spec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => variant.fields[name]?.isObservable?.(row) ?? true));
}

function content(type: string, written: JsonObject): Parameters<typeof newMonitor>[0] {
  const variant = monitorTypes.get(type);
  if (variant === undefined) throw new Error(type);
  return { variant, spec: specFromWritten(variant, { ...variant.example, ...written }) };
}

describe.each(cases)("$type on $version", ({ variant, release }) => {
  const spec = specFromWritten(variant, { ...variant.example, parent: "edge", notifications: ["oncall", "mail"] });
  const payload = newMonitor({ variant, spec }, contextFor(release));

  test("an add holds exactly the columns of that release", () => {
    expect(Object.keys(payload).toSorted()).toEqual(columnsOf(variant.type ?? "", release));
  });

  test("an add names what the API's own defaults would get wrong", () => {
    expect(payload).toMatchObject({ interval: expect.any(Number), parent: 7 });
    expect(payload["retryInterval"]).toBeGreaterThanOrEqual(60);
    expect(payload["timeout"]).toBeGreaterThan(0);
    const code = variant.type === "websocket-upgrade" ? "1000" : "200-299";
    expect(payload["accepted_statuscodes"]).toEqual(expect.arrayContaining([code]));
    expect(payload["notificationIDList"]).toEqual({ 3: true, 4: true });
    expect(payload["conditions"]).toEqual(isAtLeast(release, [2, 0, 0]) ? [] : undefined);
  });

  test("what was saved reads back as what was declared", () => {
    const written = { ...variant.example, parent: "edge", notifications: ["mail", "oncall"] };
    const declared = specOnRelease(variant, specFromWritten(variant, written), release);
    const row = asRow(5, payload);
    const { pushToken: _server, ...back } = specFromRow(variant, row, referenceOf, release);
    expect(canonicalText(back)).toBe(canonicalText(withoutUnobservable(variant, row, declared)));
  });

  test("an edit sends back an unchanged object, without what is derived", () => {
    const edited = editedMonitor({ id: 5, row: asRow(5, payload) }, { variant, spec }, contextFor(release));
    const { active: _notEditable, ...columns } = payload;
    expect(edited).toMatchObject({ ...columns, id: 5, proxyId: null });
    expect(
      ["path", "pathName", "childrenIDs", "forceInactive", "tags", "maintenance"].filter((key) => key in edited),
    ).toEqual([]);
  });
});

describe("an edit", () => {
  const row = asRow(5, newMonitor(content("http", {}), contextFor(newest)));
  const edit = (type: string, written: JsonObject, changes: Readonly<Record<string, Json>> = {}): JsonObject =>
    editedMonitor({ id: 5, row: { ...row, ...changes } }, content(type, written), contextFor(newest));

  test("keeps what is not modelled", () => {
    expect(edit("push", {}, { game: "doom", proxyId: 2, port: 80, newInVersion9: { deep: [1] } })).toMatchObject({
      game: "doom",
      proxyId: 2,
      port: 80,
      newInVersion9: { deep: [1] },
    });
  });

  test("takes away a proxy that is not declared, where a type has one", () => {
    expect(edit("http", {}, { proxyId: 2 })["proxyId"]).toBe(null);
  });

  test("always names notifications, proxy, port and type", () => {
    const { notificationIDList: _1, proxyId: _2, port: _3, type: _4, ...bare } = row as Record<string, Json>;
    const edited = editedMonitor({ id: 5, row: bare }, content("group", {}), contextFor(newest));
    expect(edited).toMatchObject({ notificationIDList: {}, proxyId: null, port: null, type: "group" });
  });

  test("sends a proxy only as a whole number", () => {
    expect(edit("push", {}, { proxyId: "2" })["proxyId"]).toBe(null);
  });

  test("lifts a stored retry interval of 0", () => {
    expect(edit("http", {}, { retryInterval: 0 })["retryInterval"]).toBe(60);
  });

  test.each(["group", "push", "dns", "http"])("never saves a timeout of 0 for %s", (type) => {
    expect(edit(type, {}, { timeout: 0 })["timeout"]).toBe(48);
  });

  test("keeps conditions of a type that has none, and takes away what a type with conditions does not declare", () => {
    const conditions = [{ type: "expression", variable: "record", operator: "contains", value: "x", andOr: "and" }];
    expect(edit("http", {}, { conditions })["conditions"]).toEqual(conditions);
    expect(edit("dns", {}, { conditions })["conditions"]).toEqual([]);
    expect(edit("dns", { conditions: [{ variable: "record", operator: "contains", value: "x" }] })).toMatchObject({
      conditions,
    });
  });

  test("does not change a status that is set by hand", () => {
    const { example: _up, ...manual } = monitorTypes.get("manual") as Variant;
    const spec = specFromWritten(manual as Variant, { name: "Office" });
    const edited = editedMonitor({ id: 5, row }, { variant: manual as Variant, spec }, contextFor(newest));
    expect(edited).not.toHaveProperty("manual_status");
  });

  test("never makes a monitor its own parent", () => {
    const own = { variant: content("group", {}).variant, spec: { ...content("group", {}).spec, parent: { id: 5 } } };
    expect(() => editedMonitor({ id: 5, row }, own, contextFor(newest))).toThrow(InternalError);
  });

  test("never sends a parent as text", () => {
    const context = { ...contextFor(newest), idOf: () => "7" as unknown as number };
    expect(() => newMonitor(content("group", { parent: "edge" }), context)).toThrow(InternalError);
  });
});

/** One key of the payload that creates a monitor. */
function sent(type: string, written: JsonObject, key: string): Json | undefined {
  return newMonitor(content(type, written), contextFor(newest))[key];
}

describe("a create sends what null would not mean", () => {
  test("the empty text, where null is an SQL error or the text null", () => {
    expect(sent("websocket-upgrade", {}, "wsSubprotocol")).toBe("");
    expect(sent("mqtt", { mqttSuccessMessage: "" }, "mqttSuccessMessage")).toBe("");
  });

  test("no login, where null is an error of every check", () => {
    expect(
      sent("kafka-producer", { kafkaProducerSaslOptions: { mechanism: "None" } }, "kafkaProducerSaslOptions"),
    ).toEqual({
      mechanism: "None",
    });
  });

  test("a status by its number, 0 among them", () => {
    const numbers = ["up", "down", null].map((manualStatus) => sent("manual", { manualStatus }, "manual_status"));
    expect(numbers).toEqual([1, 0, null]);
  });
});

describe("the push token, which the server does not generate", () => {
  test("is random, and as long as the column allows", () => {
    const tokens = releases.map(
      (release) => toText(newMonitor(content("push", {}), contextFor(release))["pushToken"]) ?? "",
    );
    expect(tokens.map((token) => token.length)).toEqual([20, 32, 32, 32, 32, 32, 32]);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test("stays when nothing is written", () => {
    const row = asRow(5, { ...newMonitor(content("push", {}), contextFor(newest)), pushToken: "kept" });
    expect(editedMonitor({ id: 5, row }, content("push", {}), contextFor(newest))["pushToken"]).toBe("kept");
    expect(content("push", {}).spec).not.toHaveProperty("pushToken");
  });

  test("is the written one otherwise", () => {
    expect(newMonitor(content("push", { pushToken: "abc" }), contextFor(newest))["pushToken"]).toBe("abc");
  });
});
