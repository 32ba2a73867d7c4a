/** Makes a snapshot of a server, without its secrets. */
import { kindNames, type ObservedEntity } from "../model/entity.ts";
import { isWithin, pointerParts, pointerTo, textsIn, type Json } from "../model/json.ts";
import type { LedgerState } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import { snapshotFormatVersion, type Snapshot, type SnapshotEntity, type SnapshotLedger } from "../model/snapshot.ts";
import { secretsOf } from "../secrets/object-secrets.ts";
import { shownForSecret } from "../secrets/secret.ts";
import { createTextFinder, type TextFinder } from "../secrets/text-finder.ts";
import { urlCredentials, withoutUrlCredentials } from "../secrets/url-credentials.ts";

export function toSnapshot({ server, entities, ledger }: Observed): Snapshot {
  const secrets = createTextFinder();
  for (const { spec = {}, sensitive } of entities) {
    for (const secret of secretsOf(spec, sensitive)) secrets.add(secret);
  }
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

function snapshotEntity(entity: ObservedEntity, secrets: TextFinder): SnapshotEntity {
  const { kind, id, name, owner, spec, references, row } = entity;
  const fields = Object.entries(spec ?? {});
  const withheld = fields
    .filter(([field, value]) => field !== "type" && (isSensitive(entity, field) || holdsSecret(value, secrets)))
    .map(([field]) => pointerTo(field));
  const { parent, type } = row;
  return {
    kind,
    id,
    name: isSensitive(entity, "name") ? shownForSecret : withoutUrlCredentials(name),
    ...(owner === undefined ? {} : { owner }),
    spec:
      spec === undefined ? null : Object.fromEntries(fields.filter(([field]) => !withheld.includes(pointerTo(field)))),
    references: references.filter(({ at }) => !isWithin(at, withheld)),
    sensitive: withheld,
    ...(spec === undefined && typeof parent === "number" ? { parent } : {}),
    ...(spec === undefined && typeof type === "string" ? { type } : {}),
  };
}

/** A secret anywhere in a field hides the whole field, because half a value would be compared as a whole. */
function isSensitive({ sensitive }: ObservedEntity, field: string): boolean {
  return sensitive.some((pointer) => pointerParts(pointer)[0] === field);
}

/** In an address, or because another field has it as its secret. */
function holdsSecret(value: Json, secrets: TextFinder): boolean {
  return textsIn(value).some((text) => urlCredentials(text).length > 0 || secrets.rangesIn(text).length > 0);
}

/** Fingerprints only exist for fields without secrets (model/ledger.ts). */
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
