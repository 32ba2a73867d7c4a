/** From what the user wrote to what the planner compares. */
import { referencesIn } from "../kinds/field.ts";
import { nameFieldOf, sensitivePointers, settingsKey, specOnRelease } from "../kinds/spec.ts";
import type { Desired, DesiredEntity, EntityKey } from "../model/entity.ts";
import type { Finding } from "../model/finding.ts";
import { isEqualJson, isWithin, pointerParts, pointerTo, type JsonObject, type JsonPointer } from "../model/json.ts";
import type { ServerInfo } from "../model/kuma-client.ts";
import type { Release } from "../model/release.ts";
import type { Config, DeclaredEntity } from "./config.ts";
import { withoutGuesses } from "./values/placeholder-findings.ts";
import { spanOf } from "./source/positions.ts";
import { placesWith, writtenAt } from "./values/provenance.ts";
import { checkAgainstServer } from "./rules/server-rules.ts";

/**
 * The desired state for `server`, and the findings about it there. Without a server: the state for a release that has
 * every field. The configuration must be free of errors.
 */
export function toDesired(
  config: Config,
  server?: ServerInfo,
): { readonly desired: Desired; readonly findings: readonly Finding[] } {
  const entities = config.entities.map((entity): [EntityKey, DesiredEntity] => [
    entity.key,
    desiredEntity(entity, server?.capabilities.release),
  ]);
  return {
    desired: { project: config.project, entities: new Map(entities), moves: config.moves, policy: config.policy },
    findings: server === undefined ? [] : withoutGuesses(checkAgainstServer(config, server), config.entities),
  };
}

function desiredEntity(entity: DeclaredEntity, release: Release | undefined): DesiredEntity {
  const { key, kind, name, variant, written, provenance } = entity;
  const spec = specOnRelease(variant, entity.canonical, release);
  const byKind = sensitivePointers(variant, spec);
  const secrets = placesWith(provenance, "isSecret");
  const fromOutside = secrets
    .flatMap((pointer) => specPointer(entity, spec, pointer) ?? [])
    .filter((pointer) => !isWithin(pointer, byKind));
  // A natural key has its name outside of the spec.
  const secretName = secrets.filter((pointer) => pointer === "/name");
  const withheld = placesWith(provenance, "placeholder").flatMap((pointer) => specPointer(entity, spec, pointer) ?? []);
  const defaulted = Object.keys(spec)
    .filter(
      (field) =>
        Object.hasOwn(variant.fields, field) && !Object.hasOwn(written, field) && field !== nameFieldOf(variant),
    )
    .map((field) => pointerTo(field));
  return {
    key,
    kind,
    name,
    spec,
    references: referencesIn(variant.fields, spec).filter(({ at }) => !isWithin(at, withheld)),
    defaulted,
    sensitive: [...new Set([...byKind, ...fromOutside, ...secretName])],
    ...(withheld.length === 0 ? {} : { withheld }),
    lifecycle: entity.lifecycle,
    at: spanOf(writtenAt(provenance, "").place, "key"),
  };
}

/**
 * The place in the spec of a place in what was written; undefined when the spec does not have the field. A codec may
 * move or merge values (sets are sorted), and then the whole field counts as secret.
 */
function specPointer(
  { variant, written }: DeclaredEntity,
  spec: JsonObject,
  pointer: JsonPointer,
): JsonPointer | undefined {
  const [field = ""] = pointerParts(pointer);
  const value = written[field];
  if (!Object.hasOwn(variant.fields, field)) return variant.isOpen ? pointerTo(settingsKey) + pointer : undefined;
  const canonical = spec[field];
  if (canonical === undefined || value === undefined) return undefined;
  return isEqualJson(value, canonical) ? pointer : pointerTo(field);
}
