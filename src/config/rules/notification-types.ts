import { isKnownProvider, removalOf } from "../../kinds/notification-providers/provider-releases.ts";
import { notificationProviders } from "../../kinds/notification-providers/index.ts";
import type { Finding } from "../../model/finding.ts";
import { guess } from "../../model/guess.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { newestTestedVersion, releaseText } from "../../model/release.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * A server stores notifications of any type, and fails only when it sends them
 * (docs/upstream/uptime-kuma.md#notifications).
 */
export const notificationTypes: EntityRule = {
  name: "notification-types",
  kind: "notification",
  checkEach({ variant: { type = "" } }) {
    if (isKnownProvider(type)) return [];
    const message = `Uptime Kuma up to ${newestTestedVersion} has no notification type "${type.slice(0, 60)}"`;
    return [{ code: "KS1628", severity: "warning", message, hint: hintFor(type), pointer: "/type" }];
  },
};

/** The same for a known server, on which it is an error. */
export function checkNotificationType(entity: DeclaredEntity, server: ServerInfo): readonly Finding[] {
  const type = entity.variant.type ?? "";
  if (entity.kind !== "notification" || !server.isTested) return [];
  const removed = removalOf(type, server.capabilities.release);
  if (removed === undefined && isKnownProvider(type)) return [];
  return [
    findingFor(entity, {
      code: "KS1628",
      severity: "error",
      message:
        removed === undefined
          ? `Uptime Kuma ${server.version} has no notification type "${type.slice(0, 60)}": nothing would be sent`
          : `Uptime Kuma ${releaseText(removed)} and later have no "${type}" any more: nothing would be sent`,
      hint: hintFor(type),
      pointer: "/type",
    }),
  ];
}

/** Common names of providers whose type has another name. */
const otherNames: Readonly<Record<string, string>> = {
  email: "smtp",
  mail: "smtp",
  sendmail: "smtp",
  msteams: "teams",
  microsoftteams: "teams",
  http: "webhook",
  hook: "webhook",
  url: "webhook",
  tg: "telegram",
  hass: "HomeAssistant",
};

/** Shorter names are part of too many words. */
const leastPart = 5;

function hintFor(type: string): string {
  const plain = type.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
  const types = [...notificationProviders.keys()];
  const meant =
    (Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined) ?? guess(type, types) ?? named(plain, types);
  const list = "all types: kuma-sync explain notification";
  return meant === undefined ? list : `did you mean "${meant}"? (${list})`;
}

/** The first provider that the word contains: `discord-webhook` means Discord. */
function named(plain: string, types: readonly string[]): string | undefined {
  const found = types.filter((type) => type.length >= leastPart && plain.includes(type.toLowerCase()));
  return found.toSorted((left, right) => plain.indexOf(left.toLowerCase()) - plain.indexOf(right.toLowerCase()))[0];
}
