/**
 * What a server held, as a file: redacted, and the same bytes for the same state. A plan can be made against it where there
 * are no credentials, such as in the pull request of a fork. It has no server objects, so nothing can be applied to it.
 */
import { kindNames, type EntityRef, type KindName, type KumaId, type ObservedEntity, type Owner } from "./entity.ts";
import {
  isWithin,
  pointerParts,
  pointerTo,
  textsIn,
  valueAt,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "./json.ts";
import type { ServerInfo } from "./kuma-client.ts";
import type { Ledger, LedgerState } from "./ledger.ts";
import type { Observed } from "./observed.ts";
import { urlCredentials, withoutUrlCredentials } from "./url-credentials.ts";

export const snapshotFormatVersion = "1.0";

export interface Snapshot {
  readonly type: "kuma-sync.snapshot";
  readonly formatVersion: typeof snapshotFormatVersion;
  readonly server: ServerInfo;
  /** By kind and id. */
  readonly entities: readonly SnapshotEntity[];
  readonly ledger: SnapshotLedger;
}

export interface SnapshotEntity {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  readonly owner?: Owner;
  /** Without the fields that hold a secret; null for a type that was not known. */
  readonly spec: JsonObject | null;
  readonly references: readonly EntityRef[];
  /** Top-level fields that were left out for what they hold. A plan does not compare them. */
  readonly sensitive: readonly JsonPointer[];
  /** The group that an object of an unknown type is in. */
  readonly parent?: KumaId;
  /** The type, where it was not known. */
  readonly type?: string;
}

type SnapshotLedger =
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly reason: string }
  | {
      readonly state: "known";
      readonly entries: Readonly<Record<string, LedgerEntryJson>>;
      readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
      readonly intents: Ledger["intents"];
    };
type LedgerEntryJson = Ledger["entries"] extends ReadonlyMap<string, infer Entry> ? Entry : never;

const withheldName = "(sensitive)";

/** A secret that is shorter may stand in any text by chance. */
const shortestSecret = 8;

export function toSnapshot({ server, entities, ledger }: Observed): Snapshot {
  const secrets = secretTexts(entities);
  return {
    type: "kuma-sync.snapshot",
    formatVersion: snapshotFormatVersion,
    server,
    entities: entities
      .map((entity) => snapshotEntity(entity, secrets))
      .toSorted((left, right) => kindNames.indexOf(left.kind) - kindNames.indexOf(right.kind) || left.id - right.id),
    ledger: snapshotLedger(ledger),
  };
}

function snapshotEntity(entity: ObservedEntity, secrets: readonly string[]): SnapshotEntity {
  const { kind, id, name, owner, spec, references, row } = entity;
  const fields = Object.entries(spec ?? {});
  const withheld = fields
    .filter(([field, value]) => field !== "type" && (isSensitive(entity, field) || holdsSecret(value, secrets)))
    .map(([field]) => pointerTo(field));
  const { parent, type } = row;
  return {
    kind,
    id,
    name: isSensitive(entity, "name") ? withheldName : withoutUrlCredentials(name),
    ...(owner === undefined ? {} : { owner }),
    spec:
      spec === undefined ? null : Object.fromEntries(fields.filter(([field]) => !withheld.includes(pointerTo(field)))),
    references: references.filter(({ at }) => !isWithin(at, withheld)),
    sensitive: withheld,
    ...(spec === undefined && typeof parent === "number" ? { parent } : {}),
    ...(spec === undefined && typeof type === "string" ? { type } : {}),
  };
}

/** A secret deeper in a field makes all of it one: half a value would be compared as if it were whole. */
function isSensitive({ sensitive }: ObservedEntity, field: string): boolean {
  return sensitive.some((pointer) => pointerParts(pointer)[0] === field);
}

/** In an address, or because it is the secret of some other field. */
function holdsSecret(value: Json, secrets: readonly string[]): boolean {
  return textsIn(value).some(
    (text) => urlCredentials(text).length > 0 || secrets.some((secret) => text.includes(secret)),
  );
}

function secretTexts(entities: readonly ObservedEntity[]): readonly string[] {
  const texts = entities.flatMap(({ spec, sensitive }) =>
    sensitive.flatMap((pointer) => textsIn(valueAt(spec ?? null, pointer) ?? null)),
  );
  return [...new Set(texts.flatMap(credentialsIn))].filter((text) => text.length >= shortestSecret);
}

/** `Bearer abc` is also `abc`. */
function credentialsIn(text: string): readonly string[] {
  const credential = /^\S+\s+(\S+)$/u.exec(text)?.[1];
  return credential === undefined ? [text] : [text, credential];
}

/** Fingerprints are of fields without secrets only (model/ledger.ts). */
function snapshotLedger(state: LedgerState): SnapshotLedger {
  if (state.state !== "known") return state;
  const { entries, defaults, intents } = state.ledger;
  return {
    state: "known",
    entries: Object.fromEntries(entries),
    defaults: Object.fromEntries(defaults),
    intents,
  };
}
