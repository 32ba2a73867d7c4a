/** Values that are wrong on this server only: newer than its release, or outside its limits. */
import { defaultOf } from "../../kinds/field.ts";
import { kinds } from "../../kinds/index.ts";
import { newerThan } from "../../kinds/spec.ts";
import { writtenDuration } from "../../model/duration.ts";
import type { Finding } from "../../model/finding.ts";
import { isEqualJson, pointerParts, pointerTo } from "../../model/json.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { isAtLeast, kumaRelease, newestTested, releaseText, type Release } from "../../model/release.ts";
import type { Config, DeclaredEntity } from "../config.ts";
import { distinctFindings } from "../source/distinct-findings.ts";
import { isFromDefaults } from "../values/provenance.ts";
import { findingFor } from "../entity-finding.ts";
import { checkNotificationType } from "./notification-types.ts";
import { checkRetries } from "./server-alarms.ts";

/** A field with its default value gets no finding, because a server without the field behaves the same. */
export function checkAgainstServer(config: Config, server: ServerInfo): readonly Finding[] {
  const untested = server.isTested ? [] : [untestedServer(server.version)];
  return [...untested, ...distinctFindings(config.entities.flatMap((entity) => checkEntity(entity, server)))];
}

function untestedServer(version: string): Finding {
  const isBeta = (kumaRelease(version)?.[0] ?? 0) >= 3;
  return {
    code: "KS2004",
    severity: "warning",
    message: isBeta
      ? `Uptime Kuma ${version} is of the 3.x line, which has no stable release and was tried as a beta only`
      : `Uptime Kuma ${version} is newer than any version that was tested`,
    hint: "look at the plan with care, and look for a newer kuma-sync",
  };
}

function checkEntity(entity: DeclaredEntity, server: ServerInfo): readonly Finding[] {
  const { type, since } = entity.variant;
  if (since !== undefined && lacksType(entity, since, server)) {
    const what = type === undefined ? `a ${entity.kind}` : `type "${type}"`;
    const came = isAtLeast(newestTested, since) ? "with" : "after";
    const release = releaseText(isAtLeast(newestTested, since) ? since : newestTested);
    const message = `${what} came ${came} Uptime Kuma ${release}, and the server is ${server.version}`;
    const pointer = type === undefined ? "" : "/type";
    return [findingFor(entity, { code: "KS2002", severity: "error", message, hint: insteadOf(type), pointer })];
  }
  return [
    ...checkNewer(entity, server),
    ...checkLimits(entity, server),
    ...checkRetries(entity, server),
    ...checkNotificationType(entity, server),
  ];
}

/**
 * A server that is newer than all that were tested says which monitor types it has (`capabilitiesOf`), but not which
 * providers.
 */
function lacksType({ kind }: DeclaredEntity, since: Release, { isTested, capabilities }: ServerInfo): boolean {
  if (isAtLeast(capabilities.release, since)) return false;
  return isTested || (kind !== "notification" && isAtLeast(newestTested, since));
}

/** What to do about a type that the server does not have. */
function insteadOf(type: string | undefined): string {
  if (type !== "sftp") return "update the server, or leave it out";
  return "update the server; until then, type: port with port: 22 shows whether anything answers";
}

function checkNewer(entity: DeclaredEntity, server: ServerInfo): readonly Finding[] {
  return newerThan(server.capabilities.release, entity.variant, entity.written).flatMap((newer) => {
    const { part = "", words } = newer;
    const isField = newer.value === undefined && newer.part === undefined;
    const isOnlyThisType = isField && othersHave(entity, newer.name, server);
    if (
      isField &&
      (isDefault(entity, newer.name) || (isOnlyThisType && isFromDefaults(entity.provenance, pointerTo(newer.name))))
    )
      return [];
    const name = pointerParts(part).at(-1) ?? newer.name;
    const ofType = isOnlyThisType ? ` of type ${entity.variant.type ?? entity.kind}` : "";
    const what = words?.what ?? (newer.value === undefined ? `"${name}"${ofType}` : `"${name}: ${newer.value}"`);
    const isOperator = newer.name === "jsonPathOperator";
    return findingFor(entity, {
      code: "KS2001",
      severity: "error",
      message: `${what} came with Uptime Kuma ${releaseText(newer.since)}, and the server is ${server.version}`,
      hint: isOperator
        ? "leave it out and compare inside the query: $count(data) > 2, expected true"
        : `${words === undefined ? "leave it out" : `write ${words.instead}`}, or update the server`,
      ...(isOperator ? { why: "servers before 2.0 always compare with ==" } : {}),
      pointer: pointerTo(newer.name) + part,
      isAboutKey: newer.value === undefined && words === undefined,
    });
  });
}

/**
 * Whether another type has the field on this server. A value under `defaults` is for such types; a type that gets the
 * field only in a later release ignores it, like a type that never has it.
 */
function othersHave({ kind }: DeclaredEntity, name: string, server: ServerInfo): boolean {
  const { release } = server.capabilities;
  return (kinds.get(kind)?.variants ?? []).some((variant) => {
    const field = Object.hasOwn(variant.fields, name) ? variant.fields[name] : undefined;
    return field !== undefined && isAtLeast(release, variant.since) && isAtLeast(release, field.since);
  });
}

function isDefault({ variant, canonical }: DeclaredEntity, name: string): boolean {
  const field = variant.fields[name];
  return field !== undefined && isEqualJson(canonical[name] ?? null, defaultOf(field));
}

/**
 * See docs/upstream/uptime-kuma.md#limits. If there is a limit for the retry interval, its upper limit is the one of
 * the interval.
 */
function checkLimits(entity: DeclaredEntity, server: ServerInfo): readonly Finding[] {
  const { minInterval, maxInterval, minRetryInterval } = server.capabilities;
  return [
    ...checkLimit(entity, server, { name: "interval", least: minInterval, most: maxInterval }),
    ...checkLimit(entity, server, {
      name: "retryInterval",
      least: minRetryInterval,
      most: minRetryInterval > 0 ? maxInterval : undefined,
    }),
  ];
}

function checkLimit(
  entity: DeclaredEntity,
  server: ServerInfo,
  limit: { readonly name: string; readonly least: number; readonly most: number | undefined },
): readonly Finding[] {
  const { name, least, most } = limit;
  // Defaults are within the limits of every server.
  const seconds = Object.hasOwn(entity.written, name) ? entity.canonical[name] : undefined;
  if (typeof seconds !== "number") return [];
  const words =
    seconds < least
      ? `less than ${writtenDuration(least)}`
      : most !== undefined && seconds > most
        ? `more than ${writtenDuration(most)}`
        : undefined;
  if (words === undefined) return [];
  const message = `"${name}" is ${writtenDuration(seconds)}, and Uptime Kuma ${server.version} takes no ${words}`;
  return [findingFor(entity, { code: "KS2003", severity: "error", message, pointer: pointerTo(name) })];
}
