/** Reads everything on the server that a plan needs, in canonical form. */
import { kumaKey, referencesIn, type Fields, type ReferenceOf } from "../kinds/field.ts";
import type { Kind, KindRegistry, Row } from "../kinds/kind.ts";
import { silenceMarkOf } from "../kinds/silence-marker.ts";
import { sensitivePointers, specFromRow } from "../kinds/spec.ts";
import {
  entityKey,
  kindIdentity,
  kindOf,
  type EntityKey,
  type KindName,
  type ObservedEntity,
} from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Freshness, KumaReader } from "../model/kuma-client.ts";
import { isAtLeast, type Release } from "../model/release.ts";
import { kindsIn, readLedgers, type Ledgers } from "../ledger/read-ledgers.ts";

export interface ObserveOptions {
  readonly freshness: Freshness;
  /** The project whose ledger is used. */
  readonly project: string;
  /**
   * Kinds to read in addition to those that are always read, those in the ledger, and those that managed objects refer
   * to.
   */
  readonly needed: ReadonlySet<KindName>;
  /**
   * The declared keys. Managed objects that are not declared, and duplicates, may be deleted. So kinds that can refer
   * to them are read too, and the plan can show who uses what it deletes. Absent: nothing will be deleted.
   */
  readonly declared?: { has(key: EntityKey): boolean };
}

/** These carry markers, so undeclared objects are found without a ledger. */
const always: readonly KindName[] = ["tag", "notification", "monitor"];

/**
 * Throws KumaError "incomplete" if a list never arrived, because a plan without it would create everything again. Does
 * not wait for kinds that are not needed: 1.23 sends its status pages half a second after everything else
 * (docs/upstream/uptime-kuma.md#lists-after-login).
 */
export async function observe(reader: KumaReader, registry: KindRegistry, options: ObserveOptions): Promise<Observed> {
  const { release } = reader.server.capabilities;
  const { freshness, project } = options;
  const known = [...registry.values()].filter(({ since }) => isAtLeast(release, since));
  const readKinds = (names: ReadonlySet<KindName>): Promise<(readonly [Kind, readonly Row[]])[]> =>
    Promise.all(
      known
        .filter(({ name }) => names.has(name))
        .map(async (kind) => [kind, withoutSilences(kind, await kind.rows(reader, { freshness }))] as const),
    );

  const first = new Set([...always, ...options.needed]);
  const [ledgers, rows] = await Promise.all([readLedgers(reader, project), readKinds(first)]);
  const toEntities = (read: Awaited<ReturnType<typeof readKinds>>): readonly ObservedEntity[] =>
    read.flatMap(([kind, found]) => found.map((row) => withLedger(toEntity(kind, row, release), ledgers)));
  const entities = toEntities(rows);
  const inLedger = ledgers.own.state === "known" ? kindsIn(ledgers.own.ledger) : [];
  const removed = removedKinds(entities, ledgers, options);
  const more = [...inLedger, ...referredTo(entities, project), ...referringTo(removed, known)].filter(
    (name) => !first.has(name),
  );
  return {
    server: reader.server,
    entities: [...entities, ...toEntities(await readKinds(new Set(more)))],
    ledger: ledgers.own,
  };
}

/** A silence ends by itself. No plan, import or snapshot sees it, whatever its title is. */
function withoutSilences({ name }: Kind, rows: readonly Row[]): readonly Row[] {
  return name === "maintenance" ? rows.filter(({ row }) => silenceMarkOf(row) === undefined) : rows;
}

/**
 * Kinds that managed objects refer to: a reference has a name only if its kind was read, even if no file mentions it
 * any more.
 */
function referredTo(entities: readonly ObservedEntity[], project: string): readonly KindName[] {
  const ours = entities.filter(({ owner }) => owner?.project === project);
  return ours.flatMap(({ references }) => references.map(({ kind }) => kind));
}

/** Kinds with managed objects that may be deleted: not declared, or with a marker that two objects have. */
function removedKinds(
  entities: readonly ObservedEntity[],
  { own }: Ledgers,
  { project, declared }: ObserveOptions,
): ReadonlySet<KindName> {
  if (declared === undefined) return new Set();
  const marked = entities.flatMap(({ kind, owner }) =>
    owner?.project === project ? [entityKey(kind, owner.key)] : [],
  );
  const keys = own.state === "known" ? [...marked, ...own.ledger.entries.keys()] : marked;
  const seen = new Set<EntityKey>();
  const surplus = marked.filter((key) => seen.has(key) || !seen.add(key));
  return new Set([...keys.filter((key) => !declared.has(key)), ...surplus].map(kindOf));
}

/** The settings name a status page as their entry page. */
function referringTo(targets: ReadonlySet<KindName>, known: readonly Kind[]): readonly KindName[] {
  const isReferring = ({ variants }: Kind): boolean =>
    variants.some(({ fields }) =>
      Object.values(fields).some(({ refersTo }) => refersTo !== undefined && targets.has(refersTo)),
    );
  const kinds = known.filter(isReferring).map(({ name }) => name);
  return targets.has("status-page") ? [...kinds, "settings"] : kinds;
}

/** The object with what the ledgers know: its owner, if it has no marker, and which fields hold a secret. */
function withLedger(entity: ObservedEntity, ledgers: Ledgers): ObservedEntity {
  const owner = kindIdentity[entity.kind] === "ledger" ? ledgers.ownerOf(entity) : entity.owner;
  return { ...entity, owner, sensitive: [...new Set([...entity.sensitive, ...ledgers.secretsOf(entity)])] };
}

function toEntity(kind: Kind, { id, name, type, owner, row }: Row, release: Release): ObservedEntity {
  const variant = kind.variant(type);
  const base = { kind: kind.name, id, name, owner, row };
  if (variant === undefined) {
    return { ...base, spec: undefined, references: referencesInRow(kind, row), sensitive: [] };
  }
  const spec = specFromRow(variant, row, referenceOf, release);
  return { ...base, spec, references: referencesIn(variant.fields, spec), sensitive: sensitivePointers(variant, spec) };
}

/** On the observed side references are ids. */
const referenceOf: ReferenceOf = (_kind, id) => ({ id });

/** For an object of an unknown type: uses the fields that the known types of its kind have. */
function referencesInRow({ variants }: Kind, row: Row["row"]): ObservedEntity["references"] {
  const fields: Fields = Object.assign({}, ...variants.map((variant) => variant.fields)) as Fields;
  const referring = Object.entries(fields).filter(([, { refersTo }]) => refersTo !== undefined);
  const spec = Object.fromEntries(
    referring.map(([name, field]) => [name, field.codec.fromKuma(row[kumaKey(name, field)], referenceOf)]),
  );
  return referencesIn(Object.fromEntries(referring), spec);
}
