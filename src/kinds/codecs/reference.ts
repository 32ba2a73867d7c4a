/** Codecs for fields that refer to other entities: by key in YAML, by id on the server. */
import type { KindName, Reference } from "../../model/entity.ts";
import { isJsonObject, pointerTo, sortedSet } from "../../model/json.ts";
import { referenceAsWritten, writtenReference, type Codec } from "../field.ts";
import { listOf } from "./list-of.ts";
import { toNumber } from "./number.ts";

/** One reference or none. Canonical: a Reference or null. On the server: an id or null. */
export function reference(kind: KindName): Codec {
  return {
    normalise: (written) => (written === null || written === "" ? null : writtenReference(kind, written)),
    fromKuma: (wire, referenceOf) => {
      const id = toNumber(wire);
      return id === null ? null : referenceOf(kind, id);
    },
    toKuma: (canonical, idOf) => (canonical === null ? null : idOf(kind, canonical as Reference)),
    written: referenceAsWritten,
    references: (canonical) => (canonical === null ? [] : [{ at: "", to: canonical as Reference }]),
  };
}

/**
 * A set of references, sorted and without duplicates. On the server it is a map from id to true; entries with false
 * remain when a box is unticked in the form (docs/upstream/uptime-kuma.md#fields-of-a-monitor `notificationIDList`).
 */
export function referenceSet(kind: KindName): Codec {
  return {
    normalise: (written) => sortedSet(listOf(written).map((item) => writtenReference(kind, item))),
    fromKuma: (wire, referenceOf) => {
      const ids = isJsonObject(wire) ? Object.keys(wire).filter((id) => wire[id] === true) : [];
      return sortedSet(
        ids
          .map(Number)
          .filter(Number.isInteger)
          .map((id) => referenceOf(kind, id)),
      );
    },
    toKuma: (canonical, idOf) =>
      Object.fromEntries(listOf(canonical).map((item) => [String(idOf(kind, item as Reference)), true])),
    written: (canonical) => listOf(canonical).map(referenceAsWritten),
    references: (canonical) =>
      listOf(canonical).map((item, index) => ({ at: pointerTo(index), to: item as Reference })),
  };
}
