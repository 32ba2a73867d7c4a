import type { DeclaredEntity } from "../config.ts";
import { isWithheld, isWritten, type EntityFinding } from "../entity-finding.ts";
import { hasWrittenValue } from "./written-value.ts";
import type { EntityRule } from "./rule.ts";

/**
 * `authMethod: basic` with only half of a login: the other half would be sent empty. A half that is written as `""` is
 * intended, for services that take a key as the user name (docs/upstream/uptime-kuma.md#login-of-an-http-check).
 */
export const basicLogin: EntityRule = {
  name: "basic-login",
  kind: "monitor",
  checkEach(entity) {
    if (entity.canonical["authMethod"] !== "basic" || isWithheld(entity, "/authMethod")) return [];
    const missing = ["basicAuthUser", "basicAuthPass"].filter((field) => !isThere(entity, field));
    return missing.length === 0 ? [] : [finding(entity, missing)];
  },
};

/** A password on the server is kept, and its value cannot be read. */
function isThere(entity: DeclaredEntity, field: string): boolean {
  if (hasWrittenValue(entity, field) || isWritten(entity, field)) return true;
  return entity.lifecycle.adopt !== undefined && entity.variant.fields[field]?.isKeptUnlessWritten === true;
}

function finding({ written }: DeclaredEntity, missing: readonly string[]): EntityFinding {
  const names = missing.map((field) => `"${field}"`).join(" and ");
  const isBoth = missing.length > 1;
  return {
    code: "KS1417",
    severity: "warning",
    message: `authMethod: basic without ${names}: ${isBoth ? "an empty login is sent" : "that half is sent empty"}`,
    hint: isBoth ? `write ${names}` : `write ${names}, or ${missing[0] ?? ""}: "" if it is empty on purpose`,
    pointer: Object.hasOwn(written, "authMethod") ? "/authMethod" : "",
  };
}
