/**
 * What a server holds, as a configuration that plans to nothing. Generic in kinds: everything that is particular to one is
 * said by its fields and their codecs.
 */
import type { Kind, KindRegistry, Variant } from "../kinds/kind.ts";
import { settingsKey } from "../kinds/spec.ts";
import {
  kindIdentity,
  localKey,
  type EntityKey,
  type KindName,
  type ObservedEntity,
  type Reference,
} from "../model/entity.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Observed } from "../model/observed.ts";
import { referencedId, replaceReferences, type Label } from "../plan/references.ts";
import { chooseKeys } from "./choose-keys.ts";
import { hiddenBelow, hiddenValue, openValue } from "./hide.ts";
import type { ForeignCount, Imported, ImportedEntity, Omission, Origin } from "./imported.ts";
import { liftDefaults } from "./lift-defaults.ts";
import { orderMonitors } from "./monitor-order.ts";
import { createSecrets, type Secrets } from "./secrets.ts";
import { unmodelledKeys } from "./unmodelled.ts";
import { writtenFields, type IsValid } from "./written-fields.ts";

export interface ImportOptions {
  readonly project: string;
  /** With entries that take over what is on the server; without them, for another server. */
  readonly adopt: boolean;
  /** Sensitive fields that hold no secret here, by name: they are written as they are. */
  readonly open: ReadonlySet<string>;
  readonly isSelected: (found: { readonly key: EntityKey; readonly name: string }) => boolean;
  readonly isValid: IsValid;
}

export function importObjects(observed: Observed, registry: KindRegistry, options: ImportOptions): Imported {
  const { project } = options;
  const importing = createImport(observed, registry, options);
  const secrets = createSecrets();
  const write = (): readonly ImportedEntity[] =>
    importing.found.map(({ entity, root }) => importing.entityFrom(entity, root, secrets));
  // Twice: a secret may stand in the open in an object that comes before the one that it belongs to.
  write();
  const { url, version } = observed.server;
  const monitor = registry.get("monitor");
  const entities = write();
  const { defaults, entities: rest } =
    monitor === undefined ? { defaults: undefined, entities } : liftDefaults(entities, monitor);
  return {
    project,
    server: { url, version },
    ...(defaults === undefined ? {} : { defaults: { monitor: defaults } }),
    entities: rest,
    variables: secrets.variables,
    omissions: importing.omissions,
    foreign: countForeign(observed, project),
  };
}

interface Found {
  readonly entity: ObservedEntity;
  readonly root: ObservedEntity | undefined;
}

interface Import {
  readonly found: readonly Found[];
  readonly omissions: readonly Omission[];
  entityFrom(entity: ObservedEntity, root: ObservedEntity | undefined, secrets: Secrets): ImportedEntity;
}

function createImport(observed: Observed, registry: KindRegistry, options: ImportOptions): Import {
  const { project } = options;
  const candidates = observed.entities.filter(({ owner }) => owner === undefined || owner.project === project);
  const onlyKeys = new Map(
    [...registry.values()].flatMap(({ name, onlyKey }) => (onlyKey === undefined ? [] : [[name, onlyKey] as const])),
  );
  const keys = chooseKeys(candidates, { project, onlyKeys });
  const keyOf = (entity: ObservedEntity): EntityKey => keys.get(entity) ?? `${entity.kind}/${entity.id}`;
  const selected = candidates.filter((entity) => options.isSelected({ key: keyOf(entity), name: entity.name }));
  const obstacles = new Map(selected.map((entity) => [entity, obstacleTo(entity, { observed, keyOf, project })]));
  const usable = selected.filter((entity) => entity.spec !== undefined && obstacles.get(entity) === undefined);
  const written = new Map<ObservedEntity, ReturnType<typeof writtenFields>>();
  const labelFor = (entities: readonly ObservedEntity[]): Label => createLabel(observed, entities, keyOf);
  const fieldsOf = (entity: ObservedEntity, label: Label): ReturnType<typeof writtenFields> => {
    const variant = variantOf(entity, registry);
    const spec = replaceReferences(entity.spec ?? {}, entity.references, label);
    return variant === undefined
      ? { fields: {}, unwritable: [], missing: [] }
      : writtenFields(variant, spec, { key: localKey(keyOf(entity)), isValid: options.isValid });
  };
  // Nothing may refer by key to what turns out to lack a required field.
  const complete = usable.filter((entity) => fieldsOf(entity, labelFor(usable)).missing.length === 0);
  const label = labelFor(complete);
  for (const entity of usable) written.set(entity, fieldsOf(entity, label));

  const entityFrom: Import["entityFrom"] = (entity, root, secrets) => {
    const variant = variantOf(entity, registry);
    const { fields = {}, missing = [] } = written.get(entity) ?? {};
    const key = keyOf(entity);
    const shown =
      variant === undefined ? {} : writeFields(entity, variant, { fields, key, secrets, open: options.open });
    return {
      key,
      kind: entity.kind,
      id: entity.id,
      name: entity.name,
      fields: { ...arranged(shown, registry.get(entity.kind)), ...originOf(entity, observed, options) },
      group: root === undefined ? undefined : keyOf(root),
      obstacle: missing.length === 0 ? undefined : `${missing.join(" and ")} cannot be told from the server`,
    };
  };
  return {
    found: inOrder(usable, registry),
    omissions: selected.flatMap((entity) =>
      omissionsOf(entity, obstacles.get(entity), { written, kind: registry.get(entity.kind) }),
    ),
    entityFrom,
  };
}

function variantOf({ kind, spec }: ObservedEntity, registry: KindRegistry): Variant | undefined {
  const type = spec?.["type"];
  return registry.get(kind)?.variant(typeof type === "string" ? type : undefined);
}

/** Dependencies first, as everywhere; monitors as the server shows them. */
function inOrder(entities: readonly ObservedEntity[], registry: KindRegistry): readonly Found[] {
  return [...registry.keys()].flatMap((kind) => {
    const ofKind = entities.filter((entity) => entity.kind === kind);
    return kind === "monitor" ? orderMonitors(ofKind) : ofKind.map((entity) => ({ entity, root: undefined }));
  });
}

/** Why an object has no place in the configuration. */
function obstacleTo(
  entity: ObservedEntity,
  { observed, keyOf, project }: { observed: Observed; keyOf: (entity: ObservedEntity) => EntityKey; project: string },
): string | undefined {
  const { kind, owner, name, spec, row } = entity;
  if (owner?.isRetired === true) return "retired: paused because its entity was removed, its history is kept";
  if (owner !== undefined && localKey(keyOf(entity)) !== owner.key) {
    return `a copy that carries the marker ${project}/${owner.key} of another object: take its kuma-sync tag off`;
  }
  if (spec === undefined) {
    const type = typeof row["type"] === "string" ? ` "${row["type"]}"` : "";
    return `its type${type} is not known to this version; it is left alone`;
  }
  const first = observed.entities.find((other) => other.kind === kind && other.name === name);
  return kindIdentity[kind] === "shared" && first !== entity
    ? `an older ${kind} has the same name, by which they are known`
    : undefined;
}

/** The key of what is imported, else the name on the server, else the id. */
function createLabel(
  { entities }: Observed,
  imported: readonly ObservedEntity[],
  keyOf: (entity: ObservedEntity) => EntityKey,
): Label {
  const textOf = (kind: KindName, id: number): string => `${kind}#${id}`;
  const keys = new Map(imported.map((entity) => [textOf(entity.kind, entity.id), keyOf(entity)]));
  const byId = new Map(entities.map((entity) => [textOf(entity.kind, entity.id), entity]));
  const counts = new Map<string, number>();
  for (const { kind, name } of entities) counts.set(`${kind} ${name}`, (counts.get(`${kind} ${name}`) ?? 0) + 1);
  return (kind, reference): Reference => {
    const id = referencedId(reference);
    if (id === undefined) return reference;
    const name = byId.get(textOf(kind, id))?.name ?? "";
    return keys.get(textOf(kind, id)) ?? (name !== "" && counts.get(`${kind} ${name}`) === 1 ? { name } : { id });
  };
}

function writeFields(
  { spec = {} }: ObservedEntity,
  variant: Variant,
  options: {
    readonly fields: JsonObject;
    readonly key: EntityKey;
    readonly secrets: Secrets;
    readonly open: ReadonlySet<string>;
  },
): JsonObject {
  const { fields, secrets, open } = options;
  const place = (name: string): readonly string[] => [localKey(options.key), name];
  const known = Object.entries(fields).map(([name, value]): [string, Json] => {
    const field = variant.fields[name];
    return field?.isSensitive === true && !open.has(name)
      ? [name, hiddenValue(value, field.schema, { secrets, place: place(name) })]
      : [name, openValue(value, secrets, place(name))];
  });
  const settings = spec[settingsKey];
  const passed = variant.isOpen && isJsonObject(settings) ? Object.entries(settings) : [];
  const rest = passed.map(([name, value]): [string, Json] => [
    name,
    (open.has(name) ? openValue : hiddenBelow)(value, secrets, place(name)),
  ]);
  const type: JsonObject = variant.type === undefined ? {} : { type: variant.type };
  return { ...type, ...Object.fromEntries(known), ...Object.fromEntries(rest) };
}

/** What an entity is comes first, then what is particular to its type, then what all of its kind have. */
function arranged(fields: JsonObject, kind: Kind | undefined): JsonObject {
  const variants = kind?.variants ?? [];
  const isShared = (name: string): boolean =>
    variants.length > 1 && variants.every((variant) => Object.hasOwn(variant.fields, name));
  const rank = (name: string): number =>
    ["name", "type", "description", "parent"].indexOf(name) + 1 || (isShared(name) ? 6 : 5);
  return Object.fromEntries(Object.entries(fields).toSorted(([left], [right]) => rank(left) - rank(right)));
}

function originOf(
  { kind, id, owner }: ObservedEntity,
  { ledger }: Observed,
  { adopt }: ImportOptions,
): Readonly<Record<string, Json>> {
  if (kindIdentity[kind] === "shared") return {};
  if (owner === undefined) return adopt ? { adopt: { id } } : {};
  const entry = ledger.state === "known" ? ledger.ledger.entries.get(`${kind}/${owner.key}`) : undefined;
  const origin: Origin = {
    ...(owner.isProtected === true ? { protect: true } : {}),
    ...(entry === undefined || entry.onRemove === "delete" ? {} : { onRemove: entry.onRemove }),
  };
  return { ...origin };
}

function omissionsOf(
  entity: ObservedEntity,
  obstacle: string | undefined,
  {
    written,
    kind,
  }: {
    readonly written: ReadonlyMap<ObservedEntity, ReturnType<typeof writtenFields>>;
    readonly kind: Kind | undefined;
  },
): readonly Omission[] {
  const { kind: name, id } = entity;
  const base = { kind: name, id, name: entity.name };
  if (obstacle !== undefined) return [{ ...base, reason: obstacle }];
  const { unwritable = [], missing = [] } = written.get(entity) ?? {};
  return [
    ...missing.map((field) => ({
      ...base,
      field,
      reason: "required, and the server holds no value that can be written: the entity is written as a comment",
    })),
    ...unwritable.map((field) => ({
      ...base,
      field,
      reason: "the server holds a value that cannot be written: a plan would set the default",
    })),
    ...(kind === undefined ? [] : unmodelledKeys(entity, kind)).map((field) => ({
      ...base,
      field,
      reason: "not known to this version: it stays on the server as it is",
    })),
  ];
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
