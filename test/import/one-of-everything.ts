/**
 * A server with one object of every type of every kind, made from the kinds' own examples and marked by nobody, as if by
 * hand: whatever is added to the registry is here by itself.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import { toDesired } from "../../src/config/desired.ts";
import { loadConfig } from "../config/load-config.ts";
import { referencesIn } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Kind, Variant } from "../../src/kinds/kind.ts";
import { ensureMarkerTag } from "../../src/kinds/marker.ts";
import { newerThan, specFromWritten } from "../../src/kinds/spec.ts";
import { observe } from "../../src/kuma/observe.ts";
import { isEntityKey, kindNames, localKey, type EntityKey, type KumaId } from "../../src/model/entity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { isAtLeast, type Release } from "../../src/model/release.ts";

const seedProject = "seed";
/** How everything on a server is read. */
export const everything = { freshness: "anew" as const, project: seedProject, needed: new Set(kindNames) };
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

export interface Seeded {
  /** Every secret that is on the server now. */
  readonly secrets: readonly string[];
  /** How many objects there are now. */
  readonly count: number;
}

/** What no example has: depth, text that looks like an expression, structure inside sensitive fields, names twice. */
const byHand: JsonObject = {
  production: { name: "Production", type: "group" },
  databases: { name: "Databases", type: "group", parent: "production" },
  primary: {
    name: "Primary",
    type: "port",
    hostname: "db.example.com",
    port: 5432,
    parent: "databases",
    tags: ["blue", { squad: "core" }],
    notifications: ["everything-slack", "everything-ntfy"],
  },
  checkout: {
    name: "Checkout ✓ $${env:HOME}: “quoted” # not a comment",
    type: "json-query",
    url: "https://user:${env:SEED_URL_PASSWORD}@shop.example.com/health?verbose=1&token=${env:SEED_QUERY_TOKEN}",
    description: "First line.\n\n  Second: line, indented.\nLast line, no break",
    jsonPath: '$count(items[state = "$${ready}"]) > 0\n  and $exists(total)',
    expectedValue: "true",
    parent: "production",
    interval: "5m",
    retryInterval: 90,
    timeout: 28.8,
    acceptedStatusCodes: ["200-299", 404],
    headers: {
      Accept: "application/json",
      Authorization: "Bearer ${env:SEED_BEARER}",
      "X-Api-Key": "${env:SEED_API_KEY}",
    },
    body: { model: "gpt-4o", messages: [{ role: "user", content: "${env:SEED_BODY_TEXT}" }], max: 3 },
    method: "POST",
  },
  again: { name: "Checkout ✓ $${env:HOME}: “quoted” # not a comment", type: "push", parent: "databases" },
  "open-secret": {
    name: "In the open",
    type: "http",
    url: "https://shop.example.com/${env:SEED_API_KEY}/status",
    // Every tag is in use: 2.0.0-dev.0 deletes the others when one is taken off a monitor.
    tags: ["name", "everything-tag"],
  },
  mtls: {
    name: "mTLS",
    type: "http",
    url: "https://mtls.example.com",
    authMethod: "mtls",
    tlsCert: "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----",
    tlsKey: "${env:SEED_TLS_KEY}",
  },
};

const tags: JsonObject = { blue: { name: "Größe Ä", color: "#2563EB" }, squad: {}, name: { color: "#DC2626" } };

export async function seedEverything(client: KumaClient): Promise<Seeded> {
  const { release } = client.server.capabilities;
  const env = createEnv();
  const sections: Record<string, Record<string, Json>> = {};
  const known = [...kinds.values()].filter(({ since }) => isAtLeast(release, since));
  // What there is one of is there without being made.
  for (const kind of known.filter(({ onlyKey }) => onlyKey === undefined)) {
    const own = kind.name === "monitor" ? byHandFor(release, env) : kind.name === "tag" ? tags : {};
    sections[kind.section] = { ...own, ...examplesOf(kind, release, env) };
  }
  declareReferenced(sections);
  const document: JsonObject = { version: 1, project: seedProject, ...sections };
  const text = JSON.stringify(document);
  const config = await loadConfig(
    { paths: ["-"], cwd: "/", env: env.values(), vars: {}, readStdin: async () => text },
    kinds,
  );
  const { desired, findings } = toDesired(config, client.server);
  const errors = [...config.findings, ...findings].filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message, entity }) => `${entity}: ${message}`).join("\n"));

  const ids = new Map<EntityKey, KumaId>();
  const markerTagId = await ensureMarkerTag(client);
  for (const kind of kinds.values()) {
    for (const entity of [...desired.entities.values()].filter((one) => one.kind === kind.name)) {
      const idOfMade = (_kind: string, to: unknown): KumaId => {
        const id = isEntityKey(to) ? ids.get(to) : undefined;
        if (id === undefined) throw new Error(`${entity.key} refers to ${JSON.stringify(to)}`);
        return id;
      };
      ids.set(entity.key, await kind.create({ client, project: seedProject, idOf: idOfMade, markerTagId }, entity));
    }
  }
  await removeMarkers(client, markerTagId);
  await client.write("setSettings", { ...untouched, ...saved, steamAPIKey: env.value(env.add("steam")) }, "");
  return { secrets: env.secrets(), count: ids.size + known.filter(({ onlyKey }) => onlyKey !== undefined).length };
}

/** As the form has the settings until somebody changes them. */
const untouched: JsonObject = {
  checkBeta: false,
  entryPage: "dashboard",
  keepDataPeriodDays: 180,
  nscd: true,
  steamAPIKey: "",
  trustProxy: false,
};
const saved: JsonObject = { checkBeta: true, keepDataPeriodDays: 91, trustProxy: true };

const idOf = (): never => {
  throw new Error("nothing is referred to");
};

/** Takes the marks off that the creates made. */
async function removeMarkers(client: KumaClient, markerTagId: number): Promise<void> {
  const { entities } = await observe(client, kinds, everything);
  for (const entity of entities.filter(({ owner }) => owner?.project === seedProject)) {
    await kinds.get(entity.kind)?.removeMarker?.({ client, project: seedProject, idOf, markerTagId }, entity);
  }
}

function examplesOf(kind: Kind, release: Release, env: ReturnType<typeof createEnv>): JsonObject {
  const known = kind.variants.filter((variant) => isAtLeast(release, variant.since));
  return Object.fromEntries(
    known.map((variant, index): [string, Json] => {
      const { type } = variant;
      const key = `everything-${type === undefined ? kind.name : type.replaceAll(/[^\w.-]/gu, "-")}`;
      const written = env.secretsIn(withoutNewer(variant, release), variant, `${kind.name}-${index}`);
      const passed = variant.isOpen
        ? { apiToken: `\${env:${env.add(`open ${key}`)}}`, retries: 3, deep: { on: true } }
        : {};
      return [
        key,
        { ...written, ...passed, ...(kind.name === "monitor" && type !== "group" ? { active: false } : {}) },
      ];
    }),
  );
}

/** Examples name entities that they do not declare: each is made as an example of its kind. */
function declareReferenced(sections: Record<string, Record<string, Json>>): void {
  for (const kind of [...kinds.values()].filter(
    ({ section, onlyKey }) => section in sections && onlyKey === undefined,
  )) {
    for (const written of Object.values(sections[kind.section] ?? {}) as readonly JsonObject[]) {
      const { type } = written;
      const variant = kind.variant(typeof type === "string" ? type : undefined);
      const references = variant === undefined ? [] : referencesIn(variant.fields, specFromWritten(variant, written));
      for (const { at, kind: name, to } of references) {
        const target = kinds.get(name);
        const section = target === undefined ? undefined : sections[target.section];
        if (target === undefined || section === undefined || !isEntityKey(to) || localKey(to) in section) continue;
        const example = target.variants.find(
          (one) => name !== "monitor" || (one.type === "group") === (at === "/parent"),
        );
        const named = example !== undefined && "name" in example.fields && example.nameOf === undefined;
        section[localKey(to)] = { ...example?.example, ...(named ? { name: `Referred to as ${localKey(to)}` } : {}) };
      }
    }
  }
}

function byHandFor(release: Release, env: ReturnType<typeof createEnv>): JsonObject {
  for (const name of ["URL_PASSWORD", "QUERY_TOKEN", "BEARER", "API_KEY", "BODY_TEXT", "TLS_KEY"])
    env.named(`SEED_${name}`);
  const entries = Object.entries(byHand).map(([key, written]): [string, Json] => {
    const variant = kinds.get("monitor")?.variant((written as { readonly type: string }).type);
    return [key, variant === undefined ? written : withoutNewer(variant, release, written as JsonObject)];
  });
  return Object.fromEntries(entries);
}

function withoutNewer(variant: Variant, release: Release, written: JsonObject = variant.example): JsonObject {
  const newer = newerThan(release, variant, written).map(({ name }) => name);
  return Object.fromEntries(Object.entries(written).filter(([name]) => !newer.includes(name)));
}

/** Values for `${env:…}`, each its own, and such as the schema of the field takes. */
function createEnv() {
  const values: Record<string, string> = {};
  const given: string[] = [];
  const add = (hint: string, prefix = ""): string => {
    const name = `SEED_${given.length}`;
    values[name] = `${prefix}s3cr3t-${given.length}-${hint.replaceAll(/[^a-z]/giu, "")}`;
    given.push(values[name]);
    return name;
  };
  /** The form of a private key, which is checked, around the value. */
  const wrap = (name: string): void => {
    values[name] = `-----BEGIN RSA PRIVATE KEY-----\n${values[name]}\n-----END RSA PRIVATE KEY-----`;
  };
  return {
    add,
    named: (name: string) => {
      values[name] = `s3cr3t-${given.length}-${name.toLowerCase()}`;
      given.push(values[name]);
    },
    /** Gives each expression of an example a value of its own. */
    secretsIn: (example: JsonObject, variant: Variant, hint: string): JsonObject => {
      const written = JSON.stringify(example);
      return JSON.parse(
        written.replaceAll(/\$\{(?:env|file):[^}]*\}/gu, (_whole, offset: number) => {
          const field = Object.entries(variant.fields).findLast(([name]) => {
            const at = written.indexOf(`"${name}":`);
            return at !== -1 && at < offset;
          });
          const isUrl =
            field !== undefined && field[1].schema["pattern"] !== undefined && !ajv.validate(field[1].schema, "a1b2c3");
          const name = add(hint, isUrl ? "https://example.com/" : "");
          if (field?.[0] === "sshPrivateKey") wrap(name);
          return `\${env:${name}}`;
        }),
      ) as JsonObject;
    },
    value: (name: string) => values[name] ?? "",
    values: () => values,
    secrets: () => given,
  };
}

/** Everything but the marker tag, so that a server can be used again. */
export async function clear(client: KumaClient): Promise<void> {
  const { entities } = await observe(client, kinds, everything);
  for (const entity of entities.toReversed()) {
    if (entity.kind === "tag") await client.write("deleteTag", entity.id);
    else if (kinds.get(entity.kind)?.onlyKey === undefined) await kinds.get(entity.kind)?.remove({ client }, entity);
  }
  await client.write("setSettings", untouched, "");
}
