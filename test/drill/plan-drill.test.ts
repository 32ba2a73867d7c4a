/** Which copies a monitor gets, and what is expected of them. */
import { stringify } from "yaml";
import { afterAll, describe, expect, it } from "vitest";
import { createRelations } from "../../src/config/rules/relations.ts";
import { toDesired } from "../../src/config/desired.ts";
import { planDrill } from "../../src/drill/plan-drill.ts";
import type { PlannedDrill, SkippedDrill } from "../../src/drill/planned-drill.ts";
import { entityKey } from "../../src/model/entity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { openLab } from "../../src/query/lab.ts";
import { loadText } from "../config/load-text.ts";

const lab = openLab();
afterAll(() => lab.close());

interface Wanted {
  readonly most?: number;
  readonly key?: string;
  /** Beside the monitor `it`. */
  readonly beside?: JsonObject;
}

async function plan(
  monitor: JsonObject,
  { most, key = "it", beside = {} }: Wanted = {},
): Promise<PlannedDrill | SkippedDrill> {
  const own = { name: "It", notifications: ["oncall"], ...monitor };
  const notifications = { oncall: { type: "ntfy", ntfyserverurl: "https://ntfy.example", ntfytopic: "x" } };
  const written = { version: 1, project: "shop", notifications, monitors: { it: own, ...beside } };
  const config = await loadText(stringify(written));
  expect(config.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const wanted = entityKey("monitor", key);
  const entity = config.entities.find((one) => one.key === wanted);
  const desired = toDesired(config).desired.entities.get(wanted);
  if (entity === undefined || desired === undefined) throw new Error("no monitor");
  const relations = createRelations(config.entities);
  const sample = entity.tests?.sample;
  return planDrill({ entity, spec: desired.spec, sample, lab, clock: Date.now(), server: "2.5.3", relations, most });
}

async function planned(monitor: JsonObject, wanted?: Wanted): Promise<PlannedDrill> {
  const drill = await plan(monitor, wanted);
  if (drill.skipped !== undefined) throw new Error(drill.skipped);
  return drill;
}

const url = "https://api.example/v1/models?x=1";
const query = {
  type: "json-query",
  url,
  headers: { Accept: "application/json" },
  jsonPath: '$count(data[id="llama"]) > 0',
  expectedValue: "true",
};
const body = { object: "list", data: [{ id: "llama" }, { id: "gpt" }] };

describe("a monitor with a sample", () => {
  it("is drilled with a part of the experiment, and with all of it", async () => {
    const some = await planned({ ...query, sample: { body } }, { most: 10 });
    expect(some.variants).toHaveLength(10);
    expect(new Set(some.variants.map(({ group }) => group))).toEqual(new Set(["outside", "dead", "fault", "harmless"]));
    const all = await planned({ ...query, sample: { body } });
    expect(all.variants).toHaveLength(some.total);
    expect(some.total).toBeGreaterThan(50);
    expect(new Set(all.variants.map(({ name }) => name)).size).toBe(some.total);
    expect(all.variants).toEqual(expect.arrayContaining([...some.variants]));
  });

  it("expects what test says", async () => {
    const { variants, healthy, expect: status } = await planned({ ...query, sample: { body } });
    const byName = new Map(variants.map((variant) => [variant.name, variant.expect]));
    expect([status, byName.get("empty body"), byName.get("data is null"), byName.get("object missing")]).toEqual([
      "up",
      "down",
      "down",
      "up",
    ]);
    expect(healthy).toEqual({ type: "response", status: 200, body: JSON.stringify(body) });
  });

  it("has its tests, those for this release only", async () => {
    const tests = [
      { name: "no models", body: { data: [] }, expect: "down" },
      { name: "another release", body: { data: [] }, expect: "down", server: "1.23.17" },
      { name: "moved", url: "/login", body: "<h1>Sign in</h1>", expect: "down" },
    ];
    const { variants } = await planned({ ...query, sample: { body }, tests });
    const own = variants.filter(({ group }) => group === "test");
    expect(own.map(({ name }) => name)).toEqual(["no models", "moved"]);
    expect(own[1]?.way).toMatchObject({ redirect: 302, body: "<h1>Sign in</h1>" });
  });

  it("that is down gets one copy that shows it", async () => {
    const drill = await planned({ ...query, expectedValue: "false", sample: { body } });
    expect([drill.expect, drill.variants]).toEqual(["down", []]);
  });

  it("is judged upside down where the monitor is", async () => {
    const { variants } = await planned({
      type: "keyword",
      url,
      keyword: "Fatal error",
      upsideDown: true,
      sample: { body: "fine" },
    });
    expect(variants.find(({ name }) => name === "connection refused")?.expect).toBe("up");
  });
});

describe("a monitor without a sample", () => {
  it.each([
    ["http", { type: "http", url }, "drill"],
    ["keyword", { type: "keyword", url, keyword: "Welcome to the shop" }, "Welcome to the shop"],
    ["keyword that must not come", { type: "keyword", url, keyword: "Fatal error", invertKeyword: true }, ""],
  ])("%s gets a made-up response, status codes and connections", async (_, monitor, made) => {
    const { healthy, variants, notes, expect: status } = await planned(monitor);
    expect([healthy?.body, status]).toEqual([made, "up"]);
    expect(new Set(variants.map(({ group }) => group))).toEqual(new Set(["outside"]));
    expect(notes.join(" ")).toContain("no sample");
  });

  it("json-query gets a document that passes", async () => {
    const { healthy } = await planned(query);
    expect(JSON.parse(healthy?.body ?? "")).toMatchObject({ data: expect.anything() });
  });

  it("gets a status that it accepts", async () => {
    const { healthy, variants } = await planned({ type: "http", url, acceptedStatusCodes: [401] });
    expect(healthy?.status).toBe(401);
    expect(variants.map(({ name }) => name)).not.toContain("status 401");
    const upsideDown = await planned({ type: "http", url, upsideDown: true });
    expect([upsideDown.healthy?.status, upsideDown.expect]).toEqual([503, "up"]);
  });
});

describe("a sample", () => {
  it("of another time is not served where the query reads the clock", async () => {
    const clock = { ...query, jsonPath: "$toMillis(at) > $millis() - 3600000" };
    const old = { at: "2026-01-01T00:00:30Z", body: { at: "2026-01-01T00:00:00Z" } };
    expect((await plan({ ...clock, sample: old })).skipped).toContain("was healthy at 2026-01-01T00:00:30.000Z");
  });

  it.each([
    [[204], 204],
    [[302], 302],
    [["300-399", 401], 401],
  ])("of an http monitor that accepts %j has status %i", async (acceptedStatusCodes, status) => {
    expect((await planned({ type: "http", url, acceptedStatusCodes })).healthy?.status).toBe(status);
    expect(
      (await plan({ type: "keyword", url, keyword: "Welcome to it", acceptedStatusCodes: [204] })).skipped,
    ).toContain("status code");
  });
});

it("answers a status at once where the healthy answer is a redirect", async () => {
  const redirect = { type: "http", url, maxRedirects: 0, acceptedStatusCodes: [302], sample: { url: "/login" } };
  const { healthy, variants } = await planned(redirect);
  expect(healthy).toMatchObject({ redirect: 302 });
  const own = variants.find(({ name }) => name === "status 503");
  expect([own?.expect, own?.way]).toEqual(["down", { type: "response", status: 503, body: "" }]);
});

describe("other types", () => {
  it("port, dns and push", async () => {
    const dns = await planned({ type: "dns", hostname: "example.com" });
    expect(dns.variants.map(({ way }) => way.type)).toEqual(["dns-error", "dns-error", "dns-error"]);
    const port = await planned({ type: "port", hostname: "db.example", port: 5432 });
    expect(port.variants.map(({ way }) => way.type)).toEqual(["closed"]);
    const push = await planned({ type: "push" });
    expect(push.variants.map(({ way }) => way.type)).toEqual(["push-down", "push-silence"]);
  });

  it.each<[string, JsonObject, string]>([
    ["a group", { type: "group" }, "a group asks nobody"],
    ["a paused one", { type: "http", url, active: false }, "paused"],
    [
      "mqtt",
      { type: "mqtt", hostname: "mqtt.example", port: 1883, mqttTopic: "x", mqttSuccessMessage: "y" },
      "mqtt monitors",
    ],
    ["dns of an address", { type: "dns", hostname: "192.0.2.7", dnsResolveType: "PTR" }, "name of an address"],
    [
      "dns with conditions",
      {
        type: "dns",
        hostname: "a.example",
        conditions: [{ variable: "record", operator: "equals", value: "192.0.2.7" }],
      },
      "its conditions",
    ],
    ["a port with TLS", { type: "port", hostname: "mail.example", port: 465, smtpSecurity: "secure" }, "TLS"],
    ["an upside-down port", { type: "port", hostname: "db.example", port: 1, upsideDown: true }, "upside down"],
  ])("%s is not drilled, with a reason", async (_, monitor, reason) => {
    const drill = await plan(monitor);
    expect(drill.skipped).toContain(reason);
  });
});

describe("a note", () => {
  it("says how long retries delay the alarm, which copies do not have", async () => {
    const { notes } = await planned({
      type: "port",
      hostname: "db.example",
      port: 1,
      maxRetries: 3,
      retryInterval: "1m",
    });
    expect(notes).toEqual(["the monitor retries before it notifies, which takes 3m more"]);
  });
});

describe("who is told", () => {
  it.each([
    [{ notifications: ["oncall"] }, "notifications"],
    [{ notifications: [] }, "on-purpose"],
    [{}, "nobody"],
    [{ parent: "edge" }, "group"],
  ])("%j: %s", async (own, told) => {
    const edge = { type: "group", name: "Edge", notifications: ["oncall"] };
    const other = { name: "Other", type: "http", url, ...own };
    expect((await plan({ type: "http", url }, { key: "other", beside: { edge, other } })).told).toBe(told);
  });
});
