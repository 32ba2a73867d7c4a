/** Converts the configuration to the desired side of a plan. */
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
 * The desired side for `server`, and findings about it. Without a server, for a release that has every field. The
 * configuration must have no errors.
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
    desired: {
      project: config.project,
      entities: new Map(entities),
      moves: config.moves,
      policy: config.policy,
      ...(config.loops.length === 0 ? {} : { loops: config.loops }),
    },
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
  // A natural key keeps its name outside of the spec.
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
    ...(entity.selections === undefined
      ? {}
      : { selected: entity.selections.map(({ list, brought }) => ({ at: list, by: brought })) }),
    at: spanOf(writtenAt(provenance, "").place, "key"),
  };
}

/**
 * The place in the spec for a place in the written values; undefined if the spec does not have the field. A codec may
 * move or merge values (sets are sorted), so the whole field then counts as secret.
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
