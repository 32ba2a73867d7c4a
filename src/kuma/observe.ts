/** Everything on the server that a plan looks at, in canonical form. Reads only. */
import { isAtLeast, referencesIn } from "../kinds/field.ts";
import type { Kind, KindRegistry, Row } from "../kinds/kind.ts";
import { sensitivePointers, specFromRow } from "../kinds/spec.ts";
import type { KindName, ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { KumaReader, Release } from "../model/kuma-client.ts";

export interface ObserveOptions {
  readonly fresh: boolean;
  /** The kinds to read; absent: all that the server has. */
  readonly needed?: ReadonlySet<KindName>;
}

function isRead({ name, since }: Kind, release: Release, { needed }: ObserveOptions): boolean {
  return isAtLeast(release, since) && (needed === undefined || needed.has(name));
}

/**
 * `fresh` asks the server again where it can be asked; otherwise the lists pushed at login are taken. Throws KumaError
 * "incomplete" when a list never came: a plan made without it would create everything again.
 */
export async function observe(reader: KumaReader, registry: KindRegistry, options: ObserveOptions): Promise<Observed> {
  const { release } = reader.server.capabilities;
  const entities = await Promise.all(
    [...registry.values()]
      .filter((kind) => isRead(kind, release, options))
      .map(async (kind) => {
        const rows = await kind.rows(reader, options);
        return rows.map((row) => toEntity(kind, row, release));
      }),
  );
  return { server: reader.server, entities: entities.flat(), ledger: { state: "absent" } };
}

function toEntity(kind: Kind, { id, name, type, owner, row }: Row, release: Release): ObservedEntity {
  const variant = kind.variant(type);
  const base = { kind: kind.name, id, name, owner, row };
  if (variant === undefined) return { ...base, spec: undefined, references: [], sensitive: [] };
  const spec = specFromRow(variant, row, (_kind, target) => ({ id: target }), release);
  return { ...base, spec, references: referencesIn(variant.fields, spec), sensitive: sensitivePointers(variant, spec) };
}
