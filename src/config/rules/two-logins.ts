import { isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * A request has only one login, and no message says which one (docs/upstream/uptime-kuma.md#login-of-an-http-check).
 */
export const twoLogins: EntityRule = {
  name: "two-logins",
  kind: "monitor",
  checkEach: (entity) => checkLogins(entity),
};

/** Methods that set an Authorization header; ntlm answers a challenge of the service, and mtls uses no header. */
const headerMethods: readonly string[] = ["basic", "bearer", "oauth2-cc"];
const requesting: readonly (string | undefined)[] = ["http", "keyword", "json-query"];

function checkLogins(entity: DeclaredEntity): readonly EntityFinding[] {
  const { variant, canonical } = entity;
  const method = isWithheld(entity, "/authMethod") ? undefined : canonical["authMethod"];
  const isHeaderMethod = typeof method === "string" && headerMethods.includes(method);
  const methodName = isHeaderMethod ? `authMethod: ${method}` : undefined;
  const header = authorizationOf(canonical["headers"]);
  const url = requesting.includes(variant.type) ? loginRange(entity) : undefined;
  const other = methodName ?? (header === undefined ? undefined : `the header "${header}"`);
  if (url !== undefined && other !== undefined) {
    return [
      {
        ...base,
        message: `the login in the URL is sent in place of ${isHidden(entity, "/authMethod") ? "the other one" : other}`,
        hint: "remove one of the two",
        pointer: "/url",
        range: url,
      },
    ];
  }
  if (header === undefined || methodName === undefined) return [];
  // For WebSockets, the login replaces the header; for the other types, the header replaces the login.
  const isHeaderSent = variant.type !== "websocket-upgrade";
  const shown = isHidden(entity, "/authMethod") ? "this authMethod" : methodName;
  return [
    {
      ...base,
      message: isHeaderSent
        ? `the header "${header}" is sent in place of ${shown}`
        : `${shown} is sent in place of the header "${header}"`,
      hint: isHeaderSent ? "remove the header, or authMethod and its fields" : "remove the header",
      ...(isJsonObject(entity.written["headers"] ?? null)
        ? { pointer: pointerTo("headers", header), isAboutKey: true }
        : { pointer: "/headers" }),
    },
  ];
}

const base = { code: "KS1418", severity: "warning" } as const;

/** The name as it is written. */
function authorizationOf(headers: Json | undefined): string | undefined {
  return isJsonObject(headers)
    ? Object.keys(headers).find((name) => name.toLowerCase() === "authorization")
    : undefined;
}

/** The position of `user:password@` in the URL. */
function loginRange({ written }: DeclaredEntity): readonly [start: number, end: number] | undefined {
  const { url } = written;
  const found = typeof url === "string" ? /^(\s*[a-z]+:\/\/)([^/?#\s]+)@/iu.exec(url) : null;
  if (found === null) return undefined;
  const [, scheme = "", login = ""] = found;
  return [scheme.length, scheme.length + login.length];
}
