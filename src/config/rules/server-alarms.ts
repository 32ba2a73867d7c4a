import { shortDuration } from "../../model/duration.ts";
import type { Finding } from "../../model/finding.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { isAtLeast } from "../../model/release.ts";
import type { DeclaredEntity } from "../config.ts";
import { isFromDefaults } from "../values/provenance.ts";
import { findingFor } from "../entity-finding.ts";

/** Retries that this server does not make as configured. */
export function checkRetries(entity: DeclaredEntity, server: ServerInfo): readonly Finding[] {
  const { variant, canonical } = entity;
  const { maxRetries } = canonical;
  if (entity.kind !== "monitor" || typeof maxRetries !== "number" || maxRetries === 0) return [];
  if (variant.type === "group") return ignoredByGroup(entity, server);
  return variant.type === "push" ? pendingPush(entity, maxRetries, server) : [];
}

/** Only upside-down groups retry (docs/upstream/uptime-kuma.md#groups). */
function ignoredByGroup(entity: DeclaredEntity, server: ServerInfo): readonly Finding[] {
  // Defaults are for other types; a group that gets the value from them needs no finding.
  const isOwn = !isFromDefaults(entity.provenance, "/maxRetries");
  if (!isOwn || entity.canonical["upsideDown"] === true || isAtLeast(server.capabilities.release, [2, 1, 0])) return [];
  return [
    findingFor(entity, {
      code: "KS1625",
      severity: "warning",
      message: `Uptime Kuma ${server.version} does not retry a group: it is down as soon as one of its monitors is`,
      hint: "give the retries to its monitors, or update the server to 2.1 or newer",
      pointer: "/maxRetries",
    }),
  ];
}

/** Seconds. From here on, it matters that a failure which the sender reports is delayed. */
const longDelay = 3600;

/** Before 2.0, a push with status=down is down at once (docs/upstream/uptime-kuma.md#push-monitors). */
function pendingPush(entity: DeclaredEntity, maxRetries: number, server: ServerInfo): readonly Finding[] {
  const { interval, retryInterval } = entity.canonical;
  if (typeof interval !== "number" || typeof retryInterval !== "number") return [];
  const delay = interval + (maxRetries - 1) * retryInterval;
  if (delay < longDelay || !isAtLeast(server.capabilities.release, [2, 0, 0])) return [];
  return [
    findingFor(entity, {
      code: "KS1624",
      severity: "warning",
      message: `on Uptime Kuma ${server.version} a push of status=down is only pending, and alarms up to ${shortDuration(delay)} later`,
      hint: `write maxRetries: 0, or send status=down ${maxRetries + 1} times`,
      why: "each further status=down uses up one retry, and so does each check; a push of status=up starts again",
      pointer: "/maxRetries",
    }),
  ];
}
