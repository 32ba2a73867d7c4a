/** Composes the YAML fields of one entity: secrets replaced, in the order a person would write them, and with `adopt`. */
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
  /** The names of sensitive fields that hold no secret here and are written unchanged. */
  readonly open: ReadonlySet<string>;
  readonly adopt: boolean;
  readonly ledger: LedgerState;
}

/** `fields` is the result of `writtenFields`. */
export function composeEntity(candidate: Candidate, fields: JsonObject, options: ComposeOptions): JsonObject {
  const { entity, variant, key, kind } = candidate;
  const { secrets, open } = options;
  const place = (name: string): readonly string[] => [localKey(key), name];
  const known = Object.entries(fields).map(([name, value]): [string, Json] => {
    const field = variant?.fields[name];
    if (open.has(name)) return [name, openValue(value, secrets, place(name))];
    if (field?.isSensitive === true) return [name, hiddenValue(value, field.schema, { secrets, place: place(name) })];
    // A reference is written as a key, so no variable is needed for it.
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

/** Confirms risky settings in `allowRisky`, without which the file is invalid. The server has them, so they are intended. */
function consentTo(fields: JsonObject, { entity }: Candidate): JsonObject {
  const risky = entity.kind === "settings" ? riskySettings.filter((name) => Object.hasOwn(fields, name)) : [];
  return risky.length === 0 ? {} : { allowRisky: risky };
}

/** `adopt` for an unmanaged object; for a managed one `protect`, `onRemove` and `ignoreChanges` as the server has them. */
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

/** An `onRemove` that came from the project's `policy` is written too, because the server does not hold the policy. */
function rememberedKeys({ onRemove, isOwnRemoval, ignoreChanges = [] }: LedgerEntry): Readonly<Record<string, Json>> {
  const places = ignoreChanges.map((place) => (isWithin(place, [pointerTo(settingsKey)]) ? passedPlace(place) : place));
  return {
    ...(isOwnRemoval === true || onRemove !== "delete" ? { onRemove } : {}),
    ...(places.length === 0 ? {} : { ignoreChanges: places }),
  };
}

/** In an open variant, the settings that pass through are written beside its fields. */
function passedPlace(place: JsonPointer): JsonPointer {
  return pointerTo(...pointerParts(place).slice(1));
}
