/** `protect:`, `onRemove:`, `ignoreChanges:` and `adopt:` of one entity. */
import { settingsKey } from "../../kinds/spec.ts";
import type { Kind, Variant } from "../../kinds/kind.ts";
import { kindIdentity, localKey, type Lifecycle, type Removal } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { guessHint } from "../../model/guess.ts";
import type { Json, JsonObject, JsonPointer } from "../../model/json.ts";
import { isJsonObject, pointerParts, pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isHidden, quoted, type EntityFinding } from "../entity-finding.ts";
import { sharedLifecycleSchemas } from "./lifecycle-schemas.ts";
import { spanOf } from "../source/positions.ts";
import { isFromDefaults } from "../values/provenance.ts";
import type { Adoption } from "./read-adoptions.ts";

interface LifecycleInput {
  readonly entity: DeclaredEntity;
  readonly kind: Kind;
  /** Valid by the schemas. */
  readonly beside: JsonObject;
  /** The project's removal, for entities without their own. */
  readonly onRemove: Removal;
  /** The item of the top-level list for this entity. */
  readonly adoption: Adoption | undefined;
  readonly report: (finding: Finding) => void;
}

/** Impossible values are reported and left out. */
export function readLifecycle(input: LifecycleInput): Lifecycle {
  const { beside } = input;
  const adopt = readAdopt(input);
  refuseHidden(input);
  return {
    isProtected: beside["protect"] === true,
    onRemove: readOnRemove(input),
    ...(isOwnRemoval(input) ? { isOwnRemoval: true } : {}),
    ignoreChanges: readIgnored(input),
    ...(adopt === undefined ? {} : { adopt }),
  };
}

/**
 * Not said by `defaults` for the kind, which still apply to what is no longer declared. Of that, nobody knows any more of
 * which type it was and in which group, so what is said there is stored as if the object said it.
 */
function isOwnRemoval({ entity, kind, beside }: LifecycleInput): boolean {
  const origin = entity.provenance.get("/onRemove")?.origin;
  const isOfKind = origin?.by === "defaults" && origin.pointer === pointerTo("defaults", kind.name, "onRemove");
  return beside["onRemove"] !== undefined && !isOfKind;
}

/** Refuses secret values, because plans show them; `adopt` is checked elsewhere. */
function refuseHidden({ entity, beside, report }: LifecycleInput): void {
  for (const name of Object.keys(sharedLifecycleSchemas)) {
    const value = beside[name];
    if (value === undefined) continue;
    const places = Array.isArray(value) ? value.map((_item, index) => pointerTo(name, index)) : [pointerTo(name)];
    const pointer = places.find((place) => isHidden(entity, place));
    if (pointer === undefined) continue;
    const message = `"${name}" cannot come from \${env:…} or \${file:…}: it is shown in every plan`;
    report(findingFor(entity, { code: "KS1104", severity: "error", message, hint: "use ${var:…}", pointer }));
  }
}

/** A project may set `pause` for all its objects. Only monitors can be paused; objects of other kinds are deleted. */
function readOnRemove({ entity, kind, beside, onRemove, report }: LifecycleInput): Removal {
  const written = beside["onRemove"] as Removal | undefined;
  const isPossible = (removal: Removal): boolean => removal !== "pause" || kind.retire !== undefined;
  if (written === undefined) return isPossible(onRemove) ? onRemove : "delete";
  if (isPossible(written)) return written;
  report(
    findingFor(entity, {
      code: "KS1601",
      severity: "error",
      message: `a ${kind.name} cannot be paused`,
      hint:
        kindIdentity[kind.name] === "shared"
          ? `leave it out: a ${kind.name} is never removed`
          : "write delete, or release to leave it as it is",
      pointer: "/onRemove",
    }),
  );
  return "release";
}

function readIgnored({ entity, kind, beside, report }: LifecycleInput): readonly JsonPointer[] {
  const written = beside["ignoreChanges"];
  if (!Array.isArray(written)) return [];
  const isInherited = isFromDefaults(entity.provenance, "/ignoreChanges");
  const ignored = (written as readonly string[]).flatMap((text, index) => {
    const found = ignoredPlace(text, entity.variant);
    if ("pointer" in found) return [found.pointer];
    // A field under `defaults` applies to the types that have it.
    const [field = ""] = partsOf(text);
    if (isInherited && kind.variants.some(({ fields }) => Object.hasOwn(fields, field))) return [];
    const pointer = `/ignoreChanges/${index}`;
    if (!isHidden(entity, pointer)) report(findingFor(entity, { ...found, severity: "error", pointer }));
    return [];
  });
  return [...new Set(ignored)];
}

function partsOf(text: string): readonly string[] {
  return text.startsWith("/") ? pointerParts(text) : [text];
}

/** The place in the canonical spec, which keeps passed-through keys of an open variant under a key of its own. */
function ignoredPlace(
  text: string,
  variant: Variant,
): { readonly pointer: JsonPointer } | Pick<Finding, "code" | "message" | "hint" | "why"> {
  const parts = partsOf(text);
  const [name = ""] = parts;
  const pointer = pointerTo(...parts);
  if (name === "name" || name === "type") {
    return {
      code: "KS1603",
      message: `changes of the ${name} cannot be ignored`,
      why: "people and plans recognise the object by it",
    };
  }
  const field = Object.hasOwn(variant.fields, name) ? variant.fields[name] : undefined;
  if (field === undefined) {
    if (variant.isOpen && name !== "") return { pointer: pointerTo(settingsKey) + pointer };
    const subject = variant.type === undefined ? "here" : `of type ${variant.type}`;
    const guessed = guessHint(name, Object.keys(variant.fields));
    return { code: "KS1602", message: `there is no field "${name.slice(0, 60)}" ${subject}`, ...guessed };
  }
  if (parts.length > 1 && field.schema["type"] === "array") {
    return {
      code: "KS1602",
      message: `"${name}" is a list, whose items cannot be ignored one by one`,
      hint: `write ${name}`,
      why: "its order on the server has no meaning, so an index does not identify an item",
    };
  }
  return { pointer };
}

function readAdopt({ entity, kind, beside, adoption, report }: LifecycleInput): Lifecycle["adopt"] {
  const { adopt: written } = beside;
  if (written === undefined && adoption === undefined) return undefined;
  const pointer = written === undefined ? "" : "/adopt";
  const refuse = (finding: Omit<EntityFinding, "severity" | "pointer">): undefined => {
    const found = findingFor(entity, { ...finding, severity: "error", pointer });
    report(written === undefined && adoption !== undefined ? { ...found, at: spanOf(adoption.place, "value") } : found);
  };
  if (kindIdentity[kind.name] === "shared") {
    return refuse({
      code: "KS1604",
      message: `a ${kind.name} is not adopted`,
      hint: "leave it out",
      why: "objects of this kind are shared: kuma-sync uses the one with the same name",
    });
  }
  if (written !== undefined && isHidden(entity, "/adopt")) {
    const message = "what is adopted cannot come from ${env:…} or ${file:…}: it is shown in every plan";
    return refuse({ code: "KS1104", message, hint: "use ${var:…}" });
  }
  if (written !== undefined && adoption !== undefined) {
    return refuse({
      code: "KS1605",
      message: `what ${quoted(entity, "", localKey(entity.key))} adopts is written twice`,
      hint: "keep one of the two",
      related: { message: "here too", at: spanOf(adoption.place, "value") },
    });
  }
  return adoption === undefined ? adopted(written ?? null) : adoption.adopt;
}

function adopted(written: Json): Lifecycle["adopt"] {
  if (typeof written === "number") return { id: written };
  if (!isJsonObject(written)) return undefined;
  const { id, name } = written;
  if (typeof id === "number") return { id };
  return typeof name === "string" ? { name } : undefined;
}
