import { localKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isWithheld, isWritten } from "../entity-finding.ts";
import type { Relations } from "./relations.ts";
import type { ConfigRule, RuleInput } from "./rule.ts";

/**
 * Monitors that notify nobody: neither they nor a group above them, which would go down too, have a notification
 * (docs/upstream/uptime-kuma.md#groups). An empty list of notifications means that it is intended.
 */
export const nobodyNotified: ConfigRule = {
  name: "nobody-notified",
  checkAll(input) {
    const monitors = input.entities.filter((entity) => isWatching(entity));
    const silent = monitors.filter((entity) => isSilent(entity, input));
    const [first] = silent;
    if (first === undefined) return [];
    const hint = hintFor(input);
    if (silent.length === monitors.length && silent.length > 1) {
      return [findingAt(first, `none of the ${silent.length} monitors notifies anybody when it goes down`, hint)];
    }
    return silent.map((entity) => findingAt(entity, `${said(entity)} notifies nobody when it goes down`, hint));
  },
};

/** A group only shows its monitors, and whoever sets a manual monitor knows its state. */
function isWatching(entity: DeclaredEntity): boolean {
  const { kind, variant, canonical } = entity;
  if (kind !== "monitor" || variant.type === "group" || variant.type === "manual") return false;
  return canonical["active"] !== false && !isWithheld(entity, "/active");
}

/** Whether neither the monitor nor a group above it notifies, and nothing says that this is meant. */
export function isSilent(entity: DeclaredEntity, relations: Relations): boolean {
  if (isWritten(entity, "notifications") || isLeftToServer(entity)) return false;
  const way = [entity, ...relations.groupsAbove(entity)];
  return way.every((one) => {
    const parent = relations.referencesOf(one).find(({ pointer }) => pointer === "/parent");
    // A group that was made by hand or could not be read may have notifications.
    const isKnown = parent === undefined ? !isWritten(one, "parent") : isDeclared(parent.to, relations.byKey);
    return isKnown && (one === entity || !doesNotify(one));
  });
}

function isDeclared(to: unknown, byKey: Relations["byKey"]): boolean {
  return typeof to === "string" && byKey.has(to as DeclaredEntity["key"]);
}

function doesNotify(group: DeclaredEntity): boolean {
  if (group.canonical["active"] === false) return false;
  const named = group.canonical["notifications"];
  const isNamed = Array.isArray(named) && named.length > 0;
  return isNamed || isLeftToServer(group) || (isWritten(group, "notifications") && named === undefined);
}

/** The notifications are chosen on the server. */
export function isLeftToServer({ lifecycle }: DeclaredEntity): boolean {
  return lifecycle.ignoreChanges.some((pointer) => /^\/?notifications(\/|$)/u.test(pointer));
}

function said({ key }: DeclaredEntity): string {
  return `"${localKey(key)}"`;
}

function findingAt(entity: DeclaredEntity, message: string, { hint, why }: Advice): Finding {
  return findingFor(entity, {
    code: "KS1616",
    severity: "warning",
    message,
    hint,
    ...(why === undefined ? {} : { why }),
    pointer: "",
  });
}

interface Advice {
  readonly hint: string;
  readonly why?: string;
}

function hintFor({ entities }: RuleInput): Advice {
  const declared = entities.filter(({ kind }) => kind === "notification");
  const [first] = declared;
  const onPurpose = "notifications: [] says that it is meant";
  if (first === undefined) return { hint: `declare a notification and name it under defaults.monitor; ${onPurpose}` };
  const isDefault = declared.some(({ canonical }) => canonical["isDefault"] === true);
  return {
    hint: `write notifications: [${localKey(first.key)}] here or under defaults.monitor; ${onPurpose}`,
    ...(isDefault ? { why: "isDefault only ticks the notification in the form of the web page" } : {}),
  };
}
