/**
 * Turns the objects of a server into a configuration whose plan has no changes. Works for all kinds: what differs
 * between them is in their fields and codecs.
 */
import type { KindRegistry } from "../kinds/kind.ts";
import { idText, type EntityKey } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { referencedId, replaceReferences, type Label } from "../plan/canonical/references.ts";
import { findCandidates, type Candidate } from "./candidate.ts";
import { composeEntity, type ComposeOptions } from "./compose-entity.ts";
import type { ForeignCount, Imported, ImportedEntity } from "./imported.ts";
import { createLabel } from "./key-label.ts";
import { liftDefaults, type Lifted } from "./lift-defaults.ts";
import { orderMonitors } from "./monitor-order.ts";
import { omissionsOf } from "./omissions.ts";
import { createSecrets } from "./secrets.ts";
import { writtenFields, type IsValid, type WrittenFields } from "./written-fields.ts";

export interface ImportOptions {
  readonly project: string;
  /** True: each object gets an `adopt` entry. False: the configuration is for another server. */
  readonly adopt: boolean;
  /** The names of sensitive fields that hold no secret here and are written unchanged. */
  readonly open: ReadonlySet<string>;
  readonly isSelected: (found: { readonly key: EntityKey; readonly name: string }) => boolean;
  readonly isValid: IsValid;
}

export function importObjects(observed: Observed, registry: KindRegistry, options: ImportOptions): Imported {
  const { project, isSelected, isValid, adopt, open } = options;
  const all = findCandidates(observed, registry, project);
  const candidates = all.filter(({ key, entity }) => isSelected({ key, name: entity.name }));
  const usable = candidates.filter((candidate) => !isObstructed(candidate));
  // Managed objects already have a key, whether selected or not.
  const managed = all.filter(
    (candidate) => !candidates.includes(candidate) && candidate.entity.owner !== undefined && !isObstructed(candidate),
  );
  // An object that lacks a required field cannot be written, so nothing may refer to it by key.
  const label = createLabel(observed, [...usable, ...managed]);
  const complete = usable.filter((candidate) => fieldsOf(candidate, label, isValid).missing.length === 0);
  const finalLabel = createLabel(observed, [...complete, ...managed]);
  const written = new Map(usable.map((candidate) => [candidate, fieldsOf(candidate, finalLabel, isValid)]));

  const secrets = createSecrets();
  const ordered = inOrder(usable, registry);
  const compose = (): readonly ImportedEntity[] =>
    ordered.map((placed) => importedEntity(placed, written, { secrets, open, adopt, ledger: observed.ledger }));
  // Twice, because a secret may also appear in a field that is not sensitive of an object that comes first.
  compose();
  const entities = compose().filter((entity) => !saysNothing(entity, registry));

  const { url, version } = observed.server;
  const monitor = registry.get("monitor");
  const lifted: Lifted = monitor === undefined ? { entities } : liftDefaults(entities, monitor);
  return {
    project,
    server: { url, version },
    ...(lifted.defaults === undefined ? {} : { defaults: { monitor: lifted.defaults } }),
    entities: lifted.entities,
    variables: secrets.variables,
    omissions: candidates.flatMap((candidate) => omissionsOf(candidate, written.get(candidate))),
    changedByApply: complete.reduce((count, candidate) => count + changesOf(written.get(candidate)), 0),
    declaredElsewhere: referredTo(complete, managed),
    foreign: countForeign(observed, project),
  };
}

function isObstructed({ obstacle }: Candidate): boolean {
  return obstacle !== undefined;
}

function changesOf(fields: WrittenFields | undefined): number {
  return fields === undefined ? 0 : fields.unwritable.length + fields.repaired.length;
}

/** The keys of `managed` that `candidates` refer to, in the order of the keys. */
function referredTo(candidates: readonly Candidate[], managed: readonly Candidate[]): readonly EntityKey[] {
  const keys = new Map(managed.map(({ entity, key }) => [idText(entity.kind, entity.id), key]));
  const found = candidates.flatMap(({ entity }) =>
    entity.references.flatMap(({ kind, to }) => {
      const id = referencedId(to);
      return id === undefined ? [] : (keys.get(idText(kind, id)) ?? []);
    }),
  );
  return [...new Set(found)].toSorted();
}

/** Whether the object is the only one of its kind and has only default values: nothing needs to be written. */
function saysNothing({ kind, fields }: ImportedEntity, registry: KindRegistry): boolean {
  return registry.get(kind)?.onlyKey !== undefined && Object.keys(fields).length === 0;
}

function fieldsOf({ entity, variant, key }: Candidate, label: Label, isValid: IsValid): WrittenFields {
  if (variant === undefined) return { fields: {}, unset: [], unwritable: [], missing: [], repaired: [] };
  const spec = replaceReferences(entity.spec ?? {}, entity.references, label);
  return writtenFields(variant, spec, { key, isValid });
}

interface Placed {
  readonly candidate: Candidate;
  /** The key of the outermost group. */
  readonly group: EntityKey | undefined;
}

/** Kinds after those they refer to; monitors in the order of the server's page. */
function inOrder(candidates: readonly Candidate[], registry: KindRegistry): readonly Placed[] {
  const byEntity = new Map(candidates.map((candidate) => [candidate.entity, candidate]));
  return [...registry.keys()].flatMap((kind) => {
    const ofKind = candidates.filter(({ entity }) => entity.kind === kind);
    if (kind !== "monitor") return ofKind.map((candidate) => ({ candidate, group: undefined }));
    return orderMonitors(ofKind.map(({ entity }) => entity)).flatMap(({ entity, root }): Placed[] => {
      const candidate = byEntity.get(entity);
      const group = root === undefined ? undefined : byEntity.get(root)?.key;
      return candidate === undefined ? [] : [{ candidate, group }];
    });
  });
}

function importedEntity(
  { candidate, group }: Placed,
  written: ReadonlyMap<Candidate, WrittenFields>,
  options: ComposeOptions,
): ImportedEntity {
  const { entity, key } = candidate;
  const { fields = {}, missing = [] } = written.get(candidate) ?? {};
  return {
    key,
    kind: entity.kind,
    id: entity.id,
    name: entity.name,
    fields: composeEntity(candidate, fields, options),
    group,
    obstacle: missing.length === 0 ? undefined : `the server has no usable ${missing.join(" and no usable ")}`,
  };
}

function countForeign({ entities }: Observed, project: string): readonly ForeignCount[] {
  const counts = new Map<string, number>();
  for (const { owner } of entities) {
    if (owner !== undefined && owner.project !== project) {
      counts.set(owner.project, (counts.get(owner.project) ?? 0) + 1);
    }
  }
  return [...counts].map(([name, count]) => ({ project: name, count }));
}
