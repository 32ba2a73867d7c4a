import { localKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { enabledKey } from "../values/loop-row.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";

/** Why an object that the files describe is not there. */
export interface LeftOut {
  readonly by: "when" | "distinct" | "enabled";
  /** Of what leaves it out. */
  readonly place: YamlPlace;
  /** It is the group of a service, and with it all monitors whose keys begin like its key. */
  readonly isService?: true;
}

/** Why the object is not there; undefined if no condition leaves it out. */
export function leftOutAt(key: EntityKey, leftOut: ReadonlyMap<EntityKey, LeftOut>): LeftOut | undefined {
  const found = leftOut.get(key);
  if (found !== undefined || leftOut.size === 0) return found;
  const groups = [...key.matchAll(/\./gu)].map(({ index }) => leftOut.get(key.slice(0, index) as EntityKey));
  return groups.find((group) => group?.isService === true);
}

/** The words of a finding about something that needs the object. */
export function leftOutWords(
  key: EntityKey,
  { by, place }: LeftOut,
): Required<Pick<Finding, "message" | "hint" | "related">> {
  return {
    message: `"${localKey(key)}" is left out by "${by}"`,
    hint: `leave this out as well, with ${enabledKey}`,
    related: { message: "left out here", at: spanOf(place, "value") },
  };
}
