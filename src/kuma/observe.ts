/** Everything on the server that a plan looks at, in canonical form. Reads only. */
import { isAtLeast, referencesIn } from "../kinds/field.ts";
import type { Kind, KindRegistry, Row } from "../kinds/kind.ts";
import { sensitivePointers, specFromRow } from "../kinds/spec.ts";
import { kindIdentity, type KindName, type ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { KumaReader, Release } from "../model/kuma-client.ts";
import { kindsIn, readLedgers, type Ledgers } from "./read-ledger.ts";

export interface ObserveOptions {
  /** Asks the server again where it can be asked; otherwise the lists pushed at login are taken. */
  readonly fresh: boolean;
  /** Whose ledger counts as ours. */
  readonly project: string;
  /** Kinds to read beside those that always are, those that our ledger holds and those that ours refer to. */
  readonly needed: ReadonlySet<KindName>;
}

/** Markers lie on these, so that what is no longer declared is found without a ledger. */
const always: readonly KindName[] = ["tag", "notification", "monitor"];

/**
 * Throws KumaError "incomplete" when a list never came: a plan made without it would create everything again. Kinds that
 * nobody needs are not waited for: 1.23 sends its status pages half a second after everything else (uptime-kuma-api.md §2.1).
 */
export async function observe(reader: KumaReader, registry: KindRegistry, options: ObserveOptions): Promise<Observed> {
  const { release } = reader.server.capabilities;
  const { fresh, project } = options;
  const known = [...registry.values()].filter(({ since }) => isAtLeast(release, since));
  const readKinds = (names: ReadonlySet<KindName>): Promise<(readonly [Kind, readonly Row[]])[]> =>
    Promise.all(
      known
        .filter(({ name }) => names.has(name))
        .map(async (kind) => [kind, await kind.rows(reader, { fresh })] as const),
    );

  const first = new Set([...always, ...options.needed]);
  const [ledgers, rows] = await Promise.all([readLedgers(reader, project), readKinds(first)]);
  const toEntities = (read: Awaited<ReturnType<typeof readKinds>>): readonly ObservedEntity[] =>
    read.flatMap(([kind, found]) => found.map((row) => withLedger(toEntity(kind, row, release), ledgers)));
  const entities = toEntities(rows);
  const inLedger = ledgers.own.state === "known" ? kindsIn(ledgers.own.ledger) : [];
  const more = [...inLedger, ...referredTo(entities, project)].filter((name) => !first.has(name));
  return {
    server: reader.server,
    entities: [...entities, ...toEntities(await readKinds(new Set(more)))],
    ledger: ledgers.own,
  };
}

/** What ours refer to has a name only when it was read, also where no file names it any more. */
function referredTo(entities: readonly ObservedEntity[], project: string): readonly KindName[] {
  const ours = entities.filter(({ owner }) => owner?.project === project);
  return ours.flatMap(({ references }) => references.map(({ kind }) => kind));
}

/** The object with what the ledgers know of it: whose it is, where it has no marker, and which fields hold a secret. */
function withLedger(entity: ObservedEntity, ledgers: Ledgers): ObservedEntity {
  const owner = kindIdentity[entity.kind] === "ledger" ? ledgers.ownerOf(entity) : entity.owner;
  return { ...entity, owner, sensitive: [...new Set([...entity.sensitive, ...ledgers.secretsOf(entity)])] };
}

function toEntity(kind: Kind, { id, name, type, owner, row }: Row, release: Release): ObservedEntity {
  const variant = kind.variant(type);
  const base = { kind: kind.name, id, name, owner, row };
  if (variant === undefined) return { ...base, spec: undefined, references: [], sensitive: [] };
  const spec = specFromRow(variant, row, (_kind, target) => ({ id: target }), release);
  return { ...base, spec, references: referencesIn(variant.fields, spec), sensitive: sensitivePointers(variant, spec) };
}
