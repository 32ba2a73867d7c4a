/**
 * Groups and the groups above them: from 0.12.0 on a group has what is granted to its parents
 * (docs/upstream/open-webui.md#setting-up-an-account).
 */
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { memberText } from "./admin-api.ts";

/** The ids of the group and of all groups above it. Ends on a circle. */
export function withParents(id: string, groups: readonly JsonObject[]): ReadonlySet<string> {
  const found = new Set<string>();
  let at = id;
  while (at !== "" && !found.has(at)) {
    found.add(at);
    const current = at;
    at = memberText(
      groups.find((group) => group["id"] === current),
      "parent_group_id",
    );
  }
  return found;
}

/** Whether the group itself has the permission to use API keys. */
export function mayUseKeys({ permissions }: JsonObject): boolean {
  const features = isJsonObject(permissions) ? permissions["features"] : undefined;
  return isJsonObject(features) && features["api_keys"] === true;
}
