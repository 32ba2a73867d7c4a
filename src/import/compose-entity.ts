/** The lines of one entity: its fields without secrets, in the order a person would write them, and where it comes from. */
import { inFieldOrder } from "../kinds/field-order.ts";
import { riskySettings } from "../kinds/settings/settings-fields.ts";
import { settingsKey } from "../kinds/spec.ts";
import { kindIdentity, localKey } from "../model/entity.ts";
import type { Json, JsonObject, JsonPointer } from "../model/json.ts";
import { isJsonObject, isWithin, pointerParts, pointerTo } from "../model/json.ts";
import type { LedgerEntry, LedgerState } from "../model/ledger.ts";
import type { Candidate } from "./candidate.ts";
import { hiddenBelow, hiddenScalars, hiddenValue, openValue } from "./hide.ts";
import type { Secrets } from "./secrets.ts";

export interface ComposeOptions {
  readonly secrets: Secrets;
  /** Sensitive fields that are written as they are, by name. */
  readonly open: ReadonlySet<string>;
  readonly adopt: boolean;
  readonly ledger: LedgerState;
}

/** `fields` as `writtenFields` gives them. */
export function composeEntity(candidate: Candidate, fields: JsonObject, options: ComposeOptions): JsonObject {
  const { entity, variant, key, kind } = candidate;
  const { secrets, open } = options;
  const place = (name: string): readonly string[] => [localKey(key), name];
  const known = Object.entries(fields).map(([name, value]): [string, Json] => {
    const field = variant?.fields[name];
    if (open.has(name)) return [name, openValue(value, secrets, place(name))];
    if (field?.isSensitive === true) return [name, hiddenValue(value, field.schema, { secrets, place: place(name) })];
    // A reference is written as the key of what it names, which no variable filled.
    const isRemembered = isWithin(pointerTo(name), entity.sensitive) && field?.refersTo === undefined;
    return [name, (isRemembered ? hiddenScalars : openValue)(value, secrets, place(name))];
  });
  const settings = entity.spec?.[settingsKey];
  const passed = variant?.isOpen === true && isJsonObject(settings) ? Object.entries(settings) : [];
  const rest = passed.map(([name, value]): [string, Json] => [
    name,
    (open.has(name) ? openValue : hiddenBelow)(value, secrets, place(name)),
  ]);
  const type: JsonObject = variant?.type === undefined ? {} : { type: variant.type };
  return {
    ...inFieldOrder({ ...type, ...Object.fromEntries([...known, ...rest]) }, kind),
    ...consentTo(fields, candidate),
    ...originOf(candidate, options),
  };
}

/** The server has it already, so it is intended: without this confirmation the file would be invalid. */
function consentTo(fields: JsonObject, { entity }: Candidate): JsonObject {
  const risky = entity.kind === "settings" ? riskySettings.filter((name) => Object.hasOwn(fields, name)) : [];
  return risky.length === 0 ? {} : { allowRisky: risky };
}

/** How it becomes managed; if it is managed already, the lifecycle that the server knows. */
function originOf({ entity, key }: Candidate, { adopt, ledger }: ComposeOptions): Readonly<Record<string, Json>> {
  const { kind, id, owner } = entity;
  if (kindIdentity[kind] === "shared") return {};
  if (owner === undefined) return adopt ? { adopt: { id } } : {};
  const entry = ledger.state === "known" ? ledger.ledger.entries.get(key) : undefined;
  return {
    ...(owner.isProtected === true ? { protect: true } : {}),
    ...(entry === undefined ? {} : rememberedKeys(entry)),
  };
}

/** What keeps a history is written also where the project said it, whose `policy` is not on the server. */
function rememberedKeys({ onRemove, isOwnRemoval, ignoreChanges = [] }: LedgerEntry): Readonly<Record<string, Json>> {
  const places = ignoreChanges.map((place) => (isWithin(place, [pointerTo(settingsKey)]) ? passedPlace(place) : place));
  return {
    ...(isOwnRemoval === true || onRemove !== "delete" ? { onRemove } : {}),
    ...(places.length === 0 ? {} : { ignoreChanges: places }),
  };
}

/** The settings that an open variant passes through are written beside its fields. */
function passedPlace(place: JsonPointer): JsonPointer {
  return pointerTo(...pointerParts(place).slice(1));
}
