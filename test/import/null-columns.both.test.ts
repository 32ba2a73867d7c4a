/**
 * Monitors as other tools make them: only what the type needs, the rest left to the database, which often stores NULL. Where
 * the server treats NULL as the default of its form, adopting such a monitor must not edit it: an edit restarts its check.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kumaKey } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import { observe } from "../../src/kuma/observe.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { planConfig, withClient } from "../laws/run-config.ts";
import { clear, everything } from "./one-of-everything.ts";
import { importFrom } from "./server-import.ts";
import { isAtLeast } from "../../src/model/release.ts";

/**
 * NULL that the server does not treat as the form's default, seen on 2.5.3 and 1.23.17: the check is down, or looks for the
 * text "null". Here a difference is right.
 */
const realDifferences: Readonly<Record<string, readonly string[]>> = {
  dns: ["/dnsResolveServer"],
  globalping: ["/subtype", "/location", "/jsonPathOperator", "/protocol"],
  "json-query": ["/jsonPathOperator"],
  "kafka-producer": ["/kafkaProducerSaslOptions"],
  mqtt: ["/mqttSuccessMessage"],
  snmp: ["/jsonPathOperator"],
};
/** On 1.23 a NULL query is an error. */
const realDifferencesBefore2: Readonly<Record<string, readonly string[]>> = { "json-query": ["/jsonPath"] };

const monitorKind = kinds.get("monitor");

/** Types that need an object of another kind, and globalping, whose subtypes each need something else, are left out. */
function typesOn(client: KumaClient): readonly Variant[] {
  const { release } = client.server.capabilities;
  return (monitorKind?.variants ?? []).filter(
    ({ since, required, type }) =>
      isAtLeast(release, since) && !required.includes("dockerHost") && type !== "globalping",
  );
}

/** A type without a login of some kind is an error in a file. */
const logins: Readonly<Record<string, JsonObject>> = { sftp: { sshPassword: "a-secret-of-it" } };

/** The type's own example, cut down to what is required. */
function leastRow(variant: Variant, client: KumaClient): JsonObject {
  const needed = Object.fromEntries(
    variant.required.flatMap((name) => {
      const field = variant.fields[name];
      const example = variant.example[name];
      if (field === undefined || name === "name") return [];
      const text = typeof example === "string" && example.includes("${") ? "a-secret-of-it" : (example ?? "text");
      return [[kumaKey(name, field), field.codec.toKuma(field.codec.normalise(text, variant.example), () => 1)]];
    }),
  );
  return {
    type: variant.type ?? "",
    name: `least ${variant.type}`,
    active: false,
    accepted_statuscodes: variant.type === "websocket-upgrade" ? ["1000"] : ["200-299"],
    interval: 60,
    retryInterval: 60,
    timeout: 48,
    ...(isAtLeast(client.server.capabilities.release, [2, 0, 0]) ? { conditions: [] } : {}),
    ...needed,
    ...logins[variant.type ?? ""],
  };
}

describe.each(contractServers())("monitors of another tool on $name", (server) => {
  let target: RunningServer;
  beforeAll(async () => {
    target = await server.start();
    // A server of your own may hold what other files left.
    await withClient(target, clear);
  }, 120_000);
  afterAll(async () => {
    await withClient(target, clear);
    await target.close();
  }, 60_000);

  test(
    "are adopted without a change, but for values that the server treats otherwise",
    { timeout: 120_000 },
    async () => {
      const { observed, isOld, types } = await withClient(target, async (client) => {
        const variants = typesOn(client);
        for (const variant of variants) await client.write("add", leastRow(variant, client));
        const read = await observe(client, kinds, everything);
        const { release } = client.server.capabilities;
        return {
          observed: read,
          isOld: !isAtLeast(release, [2, 0, 0]),
          types: variants.map(({ type }) => type as string),
        };
      });
      const { yaml, env } = await importFrom(observed);
      const plan = await planConfig(target, yaml, { env });
      const changes = new Map(
        plan.steps.map((step) => [
          (step.name ?? "").replace("least ", ""),
          "changes" in step ? step.changes.map(({ path }) => path) : [step.action],
        ]),
      );
      expect([...changes.keys()].toSorted()).toEqual(types.toSorted());
      for (const type of types) {
        const allowed = [...(realDifferences[type] ?? []), ...(isOld ? (realDifferencesBefore2[type] ?? []) : [])];
        expect
          .soft({ type, unexpected: changes.get(type)?.filter((path) => !allowed.includes(path)) })
          .toEqual({ type, unexpected: [] });
      }
    },
  );
});
