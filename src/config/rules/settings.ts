import { isTimeZone } from "../../kinds/maintenance/calendar.ts";
import { riskySettings } from "../../kinds/settings/settings-fields.ts";
import { localKey } from "../../model/entity.ts";
import { pointerTo, type Json } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { quoted, type EntityFinding } from "../entity-finding.ts";
import { zoneHint } from "./maintenance.ts";
import type { EntityRule } from "./rule.ts";

/**
 * The time zone must exist, because the server would also store one that does not; and risky settings must be
 * confirmed.
 */
export const settings: EntityRule = {
  name: "settings",
  kind: "settings",
  checkEach: (entity, { entities }) => [
    ...checkRisky(entity),
    ...checkZone(entity),
    ...checkEntryPage(entity, entities),
  ],
};

function checkRisky(entity: DeclaredEntity): readonly EntityFinding[] {
  const { written } = entity;
  const allowed = Array.isArray(written["allowRisky"]) ? (written["allowRisky"] as readonly Json[]) : [];
  return riskySettings
    .filter((name) => written[name] === true && !allowed.includes(name))
    .map((name) => ({
      code: "KS1409",
      severity: "error",
      message: `"${name}" is a risky setting and is not confirmed`,
      hint: `to confirm it, write allowRisky: [${name}] beside it`,
      why: "without a proxy in front, any visitor could pretend to have another address",
      pointer: pointerTo(name),
      isAboutKey: true,
    }));
}

function checkZone(entity: DeclaredEntity): readonly EntityFinding[] {
  const zone = entity.written["serverTimezone"];
  if (typeof zone !== "string" || isTimeZone(zone)) return [];
  const pointer = "/serverTimezone";
  const message = `${quoted(entity, pointer, zone)} is no time zone`;
  return [{ code: "KS1207", severity: "error", message, hint: zoneHint, pointer }];
}

/**
 * The server stores any entry page, whether it exists or not. The page may be made by hand, so only a confusion of name
 * and slug is reported.
 */
function checkEntryPage(entity: DeclaredEntity, entities: readonly DeclaredEntity[]): readonly EntityFinding[] {
  const written = entity.written["entryPage"];
  const pages = entities.filter(({ kind }) => kind === "status-page");
  if (pages.some(({ name }) => name === written)) return [];
  const meant = pages.find(({ key }) => localKey(key) === written);
  if (meant === undefined) return [];
  const pointer = "/entryPage";
  const message = `${quoted(entity, pointer, localKey(meant.key))} is the key of a status page, not its slug`;
  const hint = `write ${quoted(meant, "/slug", meant.name)}`;
  return [{ code: "KS1204", severity: "error", message, hint, pointer }];
}
