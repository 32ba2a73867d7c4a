/** Turns a snapshot into the form that plans against a server use. */
import type { EntityKey, ObservedEntity } from "../model/entity.ts";
import type { JsonObject } from "../model/json.ts";
import type { LedgerEntry, LedgerState } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import type { Snapshot, SnapshotEntity, SnapshotLedger } from "../model/snapshot.ts";

/** `document` must be valid by its schema. Objects of unknown types have no spec, and no object has a full row. */
export function fromSnapshot(document: JsonObject): Observed {
  const { server, entities, ledger } = document as unknown as Snapshot;
  return { server, entities: entities.map(observedEntity), ledger: ledgerState(ledger) };
}

function observedEntity({
  kind,
  id,
  name,
  owner,
  spec,
  references,
  sensitive,
  ...rest
}: SnapshotEntity): ObservedEntity {
  const { parent, type } = rest;
  return {
    kind,
    id,
    name,
    owner,
    spec: spec ?? undefined,
    references,
    sensitive,
    row: { ...(parent === undefined ? {} : { parent }), ...(type === undefined ? {} : { type }) },
  };
}

function ledgerState(ledger: SnapshotLedger): LedgerState {
  if (ledger.state !== "known") return ledger;
  const { entries, defaults, intents } = ledger;
  return {
    state: "known",
    ledger: {
      entries: new Map(Object.entries(entries) as [EntityKey, LedgerEntry][]),
      defaults: new Map(Object.entries(defaults)),
      intents,
    },
  };
}
