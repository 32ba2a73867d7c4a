/**
 * The marker stores on the server which project and key an object belongs to. Monitors carry it as the value of a tag,
 * notifications inside their JSON. Other kinds have no place for it. Both survive an edit in the UI.
 */
import { localKey, type DesiredEntity, type Owner } from "../model/entity.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { readTags, serverObjects } from "./server-objects.ts";

export const markerTagName = "kuma-sync";
const markerTagColor = "#4B5563";
/** The key inside a notification's JSON. */
export const markerConfigKey = "kumaSync";

const protectedFlag = "#protected";
const retiredFlag = "#retired";

/** `shop/api`, followed by `#protected` or `#retired` if that applies. Keys contain no `#`. */
export function markerText({ project, key, isProtected, isRetired }: Owner): string {
  return `${project}/${key}${isProtected === true ? protectedFlag : ""}${isRetired === true ? retiredFlag : ""}`;
}

/** Undefined for text that is not a marker. */
export function parseMarker(text: unknown): Owner | undefined {
  if (typeof text !== "string") return undefined;
  const [place = "", ...flags] = text.split("#");
  const slash = place.indexOf("/");
  if (slash < 1 || slash === place.length - 1) return undefined;
  return {
    project: place.slice(0, slash),
    key: place.slice(slash + 1),
    ...(flags.includes(protectedFlag.slice(1)) ? { isProtected: true } : {}),
    ...(flags.includes(retiredFlag.slice(1)) ? { isRetired: true } : {}),
  };
}

/** The marker that a declared entity should carry. */
export function ownerOf(project: string, { key, lifecycle }: Pick<DesiredEntity, "key" | "lifecycle">): Owner {
  return { project, key: localKey(key), ...(lifecycle.isProtected ? { isProtected: true } : {}) };
}

/**
 * The id of the marker tag, which is created if it does not exist. Tag names are not unique; of duplicates, the oldest
 * counts.
 */
export async function ensureMarkerTag(client: KumaClient): Promise<number> {
  const ids = (await readTags(client)).filter(({ row }) => row["name"] === markerTagName).map(({ id }) => id);
  if (ids.length > 0) return Math.min(...ids);
  const ack = await client.write("addTag", { name: markerTagName, color: markerTagColor });
  const [made] = serverObjects([ack["tag"]], "tag");
  return (made as { readonly id: number }).id;
}
