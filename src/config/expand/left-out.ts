import { localKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { enabledKey } from "../values/loop-row.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";

/** Why an object that the files describe is not there. */
export interface LeftOut {
  readonly by: "when" | "distinct" | "enabled";
  /** Of what leaves it out. */
  readonly place: YamlPlace;
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
