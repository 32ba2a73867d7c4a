/**
 * The payloads of `add` and `editMonitor`, which differ more than they seem to. `add` fails on every key that is not a
 * column of this release, and fills missing keys with the database's defaults, which are not the form's
 * (docs/upstream/uptime-kuma.md#adding-a-monitor, docs/upstream/uptime-kuma.md#fields-of-a-monitor). `editMonitor`
 * ignores unknown keys and keeps most missing ones, but unlinks or empties some
 * (docs/upstream/uptime-kuma.md#editing-a-monitor).
 */
import { randomBytes } from "node:crypto";
import { InternalError } from "../model/errors.ts";
import type { KumaId } from "../model/entity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Capabilities } from "../model/kuma-client.ts";
import { isAtLeast, type Release } from "../model/release.ts";
import type { IdOf } from "./field.ts";
import type { Variant } from "./kind.ts";
import { longestTimeout } from "./monitor-types/network-fields.ts";
import { toPayload } from "./spec.ts";

/**
 * The server needs these for every type, even if the form has no input for them. As in the form, the timeout stays
 * within 80 % of the interval, because some of those types use it (2.5.3 server/monitor-types/tcp.js, ntp.js,
 * steam.js).
 */
function alwaysSent({ interval }: JsonObject): JsonObject & { readonly timeout: number } {
  const timeout = typeof interval === "number" ? Math.min(48, longestTimeout(interval)) : 48;
  return { timeout, accepted_statuscodes: ["200-299"] };
}

/**
 * Keys of a listed monitor that are not columns (docs/upstream/uptime-kuma.md#fields-of-a-monitor), or that an edit
 * does not change.
 */
export const derivedKeys: ReadonlySet<string> = new Set([
  "active",
  "childrenIDs",
  "dns_last_result",
  "forceInactive",
  "includeSensitiveData",
  "maintenance",
  "path",
  "pathName",
  "screenshot",
  "tags",
  "weight",
]);

export interface MonitorContent {
  readonly variant: Variant;
  /** Canonical. */
  readonly spec: JsonObject;
}

interface PayloadContext {
  readonly idOf: IdOf;
  readonly capabilities: Capabilities;
}

/** Throws InternalError for an unknown reference before the write, because a failed write leaves an orphan. */
export function newMonitor({ variant, spec }: MonitorContent, { idOf, capabilities }: PayloadContext): JsonObject {
  // Not by spreading: into a small object, Node 20 takes a third of a millisecond for each of these.
  const payload: JsonObject = Object.assign(
    { ...alwaysSent(spec), ...(capabilities.hasConditions ? { conditions: [] } : {}) },
    toPayload(variant, spec, idOf, capabilities.release),
  );
  assertParent(payload["parent"], undefined);
  return withPushToken(payload, variant, capabilities);
}

/** The declared values over the server's object: fields that kuma-sync does not know stay unchanged. */
export function editedMonitor(
  current: { readonly id: KumaId; readonly row: JsonObject },
  { variant, spec }: MonitorContent,
  { idOf, capabilities }: PayloadContext,
): JsonObject {
  const { id } = current;
  const payload: JsonObject = {
    ...unchangedMonitor(current.row, spec),
    ...toPayload(variant, spec, idOf, capabilities.release),
    id,
  };
  assertParent(payload["parent"], id);
  return withPushToken(payload, variant, capabilities);
}

/** The current monitor with these notifications. */
export function relinkedMonitor(
  { id, row }: { readonly id: KumaId; readonly row: JsonObject },
  links: readonly KumaId[],
): JsonObject {
  const notificationIDList = Object.fromEntries(links.map((link) => [String(link), true]));
  return { ...unchangedMonitor(row, row), notificationIDList, id };
}

/** What an edit must send to change nothing. `interval` is the value that applies afterwards. */
function unchangedMonitor(current: JsonObject, interval: JsonObject): JsonObject {
  const row = Object.fromEntries(Object.entries(current).filter(([key]) => !derivedKeys.has(key)));
  return {
    ...alwaysSent(interval),
    ...row,
    // For types without a timeout input, another tool may have saved 0 (docs/upstream/uptime-kuma.md#timeout-zero).
    timeout: isPositive(row["timeout"]) ? row["timeout"] : alwaysSent(interval).timeout,
    // The server treats a missing key, and everything but an integer, as null
    // (docs/upstream/uptime-kuma.md#editing-a-monitor).
    proxyId: Number.isInteger(row["proxyId"]) ? (row["proxyId"] as number) : null,
    port: row["port"] ?? null,
  };
}

/**
 * A monitor that is its own parent, or a parent id sent as text, stops the whole server
 * (docs/upstream/uptime-kuma.md#groups).
 */
function assertParent(parent: Json | undefined, id: KumaId | undefined): void {
  if (parent === null || (typeof parent === "number" && parent !== id)) return;
  throw new InternalError(`monitor ${id ?? "(new)"} cannot have the parent ${JSON.stringify(parent)}`);
}

function withPushToken(payload: JsonObject, { type }: Variant, { release }: Capabilities): JsonObject {
  if (type !== "push" || (typeof payload["pushToken"] === "string" && payload["pushToken"] !== "")) return payload;
  return { ...payload, pushToken: newPushToken(release) };
}

function isPositive(value: Json | undefined): value is number {
  return typeof value === "number" && value > 0;
}

/**
 * The secret part of a push URL. The server does not generate one (docs/upstream/uptime-kuma.md#fields-of-a-monitor
 * `pushToken`). Its column has 32 characters from 2.0 on, 20 before (uptime-kuma db/knex_migrations, push-token-to-32).
 */
function newPushToken(release: Release): string {
  return randomBytes(isAtLeast(release, [2, 0, 0]) ? 16 : 10).toString("hex");
}
