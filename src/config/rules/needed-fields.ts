import { isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, isWritten, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * Values that need other fields: without them the server saves the monitor, but each of its checks fails
 * (docs/upstream/uptime-kuma.md#monitor-types). Each line applies to the types that have its field.
 */
const needs: readonly Need[] = [
  // A missing token is sent as the text "null".
  { field: "authMethod", value: "bearer", needed: ["bearerToken"] },
  { field: "authMethod", value: "oauth2-cc", needed: ["oauthTokenUrl", "oauthClientId", "oauthClientSecret"] },
  { field: "authMethod", value: "ntlm", needed: ["basicAuthUser", "basicAuthPass"] },
  { field: "authMethod", value: "mtls", needed: ["tlsCert", "tlsKey"] },
  { field: "subtype", value: "ping", needed: ["hostname"] },
  { field: "subtype", value: "ping", and: { protocol: "TCP" }, needed: ["port"] },
  { field: "subtype", value: "dns", needed: ["hostname", "port"] },
  { field: "subtype", value: "http", needed: ["url"] },
  { field: "snmpVersion", value: "3", needed: ["snmpV3Username"] },
  { field: "amootUsePattern", value: true, needed: ["amootPatternCodeId"] },
];

/** Types that need at least one of several fields. */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  Indigo: ["indigoVariableId", "indigoActionGroupId"],
};

/** The protocols of each type of Globalping measurement; its API refuses others (its schema of measurements). */
const protocols: Readonly<Record<string, readonly (string | null)[]>> = {
  ping: ["ICMP", "TCP"],
  dns: ["UDP", "TCP"],
  http: [null, "HTTP2"],
};

interface Need {
  readonly field: string;
  readonly value: string | true;
  /** Values that other fields must have too. */
  readonly and?: Readonly<Record<string, string>>;
  readonly needed: readonly string[];
}

export const neededFields: EntityRule = {
  name: "needed-fields",
  checkEach: (entity) => [...missing(entity), ...noAlternative(entity), ...wrongProtocol(entity)],
};

function missing(entity: DeclaredEntity): readonly EntityFinding[] {
  return needs.flatMap(({ field, value, and = {}, needed }): readonly EntityFinding[] => {
    if (entity.canonical[field] !== value) return [];
    const said = Object.entries({ [field]: value, ...and });
    if (!said.every(([name, wanted]) => entity.canonical[name] === wanted)) return [];
    if (said.some(([name]) => isWithheld(entity, pointerTo(name)))) return [];
    const absent = needed.filter((name) => isNothing(entity.canonical[name]) && !isThere(entity, name));
    const [first] = absent;
    if (first === undefined) return [];
    const isSecret = said.some(([name]) => isHidden(entity, pointerTo(name)));
    const words = isSecret ? `what "${field}" says` : said.map(([name, wanted]) => `${name}: ${wanted}`).join(" and ");
    return [
      {
        code: "KS1407",
        severity: "error",
        message: `${words} needs ${absent.map((name) => `"${name}"`).join(" and ")}`,
        ...exampleHint(entity, first),
        pointer: Object.hasOwn(entity.written, field) ? pointerTo(field) : "",
      },
    ];
  });
}

function noAlternative(entity: DeclaredEntity): readonly EntityFinding[] {
  const { type = "" } = entity.variant;
  const names = Object.hasOwn(alternatives, type) ? (alternatives[type] ?? []) : [];
  const [first] = names;
  if (first === undefined || names.some((name) => isWritten(entity, name) && !isNothing(entity.canonical[name])))
    return [];
  return [
    {
      code: "KS1407",
      severity: "error",
      message: `type: ${type} needs ${names.map((name) => `"${name}"`).join(" or ")}`,
      ...exampleHint(entity, first),
      pointer: "/type",
    },
  ];
}

function wrongProtocol(entity: DeclaredEntity): readonly EntityFinding[] {
  const subtype = entity.canonical["subtype"];
  const protocol = entity.canonical["protocol"];
  if (typeof subtype !== "string" || (protocol !== null && typeof protocol !== "string")) return [];
  const allowed = protocols[subtype] ?? [protocol];
  if (allowed.includes(protocol)) return [];
  if (!Object.hasOwn(entity.written, "protocol") || isHidden(entity, "/protocol") || isHidden(entity, "/subtype"))
    return [];
  return [
    {
      code: "KS1408",
      severity: "error",
      message: `subtype: ${subtype} does not go with protocol: ${protocol ?? "null"}`,
      hint: `one of ${allowed.map(String).join(", ")}`,
      pointer: "/protocol",
    },
  ];
}

/**
 * An adopted or taken-over object may have the value already. The server does not send it, so it cannot be in the file.
 */
function isThere({ variant, lifecycle }: DeclaredEntity, name: string): boolean {
  return lifecycle.adopt !== undefined && variant.fields[name]?.isKeptUnlessWritten === true;
}

function isNothing(value: Json | undefined): boolean {
  return value === null || value === "" || value === undefined;
}

function exampleHint({ variant }: DeclaredEntity, name: string): { readonly hint?: string } {
  const examples = variant.fields[name]?.schema["examples"];
  const [first] = Array.isArray(examples) ? (examples as readonly Json[]) : [];
  return first === undefined || isJsonObject(first) ? {} : { hint: `for example ${name}: ${JSON.stringify(first)}` };
}
