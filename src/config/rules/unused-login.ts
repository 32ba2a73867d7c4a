import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, isWritten, type EntityFinding } from "../entity-finding.ts";
import { hasWrittenValue, hasOwnValue } from "./written-value.ts";
import type { EntityRule } from "./rule.ts";

/** The fields that each `authMethod` uses (docs/upstream/uptime-kuma.md#login-of-an-http-check). */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  basic: ["basicAuthUser", "basicAuthPass"],
  bearer: ["bearerToken"],
  "oauth2-cc": ["oauthTokenUrl", "oauthClientId", "oauthClientSecret", "oauthScopes", "oauthAudience"],
  ntlm: ["basicAuthUser", "basicAuthPass", "authDomain", "authWorkstation"],
  mtls: ["tlsCert", "tlsKey", "tlsCa"],
};
const fields = [...new Set(Object.values(fieldsOf).flat())];

/** Credentials for a method that `authMethod` does not name: the server stores them and never sends them. */
export const unusedLogin: EntityRule = {
  name: "unused-login",
  kind: "monitor",
  checkEach(entity) {
    const { variant, canonical } = entity;
    if (variant.fields["authMethod"] === undefined || isWithheld(entity, "/authMethod")) return [];
    const method = canonical["authMethod"] ?? null;
    if (method !== null && typeof method !== "string") return [];
    const used = method === null ? [] : (fieldsOf[method] ?? fields);
    const unused = fields.filter((field) => hasOwnValue(entity, field) && !used.includes(field));
    const [first] = unused;
    return first === undefined ? [] : [finding(entity, method, [first, ...unused.slice(1)])];
  },
};

function finding(
  entity: DeclaredEntity,
  method: string | null,
  unused: readonly [first: string, ...rest: string[]],
): EntityFinding {
  const names = new Intl.ListFormat("en", { type: "conjunction" }).format(unused.map((field) => `"${field}"`));
  const are = unused.length === 1 ? "is" : "are";
  const isSecret = isHidden(entity, "/authMethod");
  const shown = isSecret ? "this authMethod" : `authMethod: ${method}`;
  return {
    code: "KS1416",
    severity: "warning",
    message: method === null ? `${names} ${are} not used without "authMethod"` : `${shown} does not use ${names}`,
    hint: method === null ? hintFor(entity) : `remove ${names}`,
    ...(method === null ? repairFor(entity) : {}),
    pointer: pointerTo(unused[0]),
    isAboutKey: true,
  };
}

/** The method whose fields are written. */
function hintFor(entity: DeclaredEntity): string {
  const has = (field: string): boolean => hasWrittenValue(entity, field);
  if (has("tlsCa") && !has("tlsCert") && !has("tlsKey") && !has("basicAuthUser") && !has("bearerToken")) {
    return "it belongs to authMethod: mtls, together with tlsCert and tlsKey";
  }
  return `write authMethod: ${methodOf(has)}`;
}

/** Together these say which method is meant, if no other field is written. */
const completeLogins: readonly (readonly [method: string, fields: readonly string[], more?: readonly string[]])[] = [
  ["basic", ["basicAuthUser", "basicAuthPass"]],
  ["bearer", ["bearerToken"]],
  ["ntlm", ["basicAuthUser", "basicAuthPass", "authDomain"], ["authWorkstation"]],
  ["oauth2-cc", ["oauthTokenUrl", "oauthClientId", "oauthClientSecret"], ["oauthScopes", "oauthAudience"]],
  ["mtls", ["tlsCert", "tlsKey"], ["tlsCa"]],
];

function repairFor(entity: DeclaredEntity): Pick<EntityFinding, "repair"> {
  const said = fields.filter((field) => hasWrittenValue(entity, field));
  // A method beside a login that is partly in `defaults` would be wrong for the other monitors.
  const isHere = said.every((field) => hasOwnValue(entity, field)) && !isWritten(entity, "authMethod");
  const login = completeLogins.find(
    ([, needed, more = []]) =>
      needed.every((field) => said.includes(field)) &&
      said.every((field) => needed.includes(field) || more.includes(field)),
  );
  return login === undefined || !isHere ? {} : { repair: { type: "add", key: "authMethod", value: login[0] } };
}

function methodOf(has: (field: string) => boolean): string {
  if (has("authDomain") || has("authWorkstation")) return "ntlm";
  if (has("bearerToken")) return "bearer";
  if (has("oauthTokenUrl") || has("oauthClientId") || has("oauthClientSecret")) return "oauth2-cc";
  if (has("basicAuthUser") || has("basicAuthPass")) return "basic";
  return has("tlsCert") || has("tlsKey") || has("tlsCa") ? "mtls" : "oauth2-cc";
}
