/**
 * The marker says, on the server, which project and key an object belongs to. Monitors carry it as the value of a tag,
 * notifications inside their JSON. Nothing else on the server can hold it, and both survive an edit in the UI.
 */
import type { Owner } from "../model/entity.ts";
import type { KumaClient } from "../model/kuma-client.ts";

export const markerTagName = "kuma-sync";
const markerTagColor = "#4B5563";
/** The key inside a notification's JSON. */
export const markerConfigKey = "kumaSync";

export function markerText(owner: Owner): string {
  return `${owner.project}/${owner.key}`;
}

/** Undefined for text that is no marker. */
export function parseMarker(text: unknown): Owner | undefined {
  if (typeof text !== "string") return undefined;
  const slash = text.indexOf("/");
  if (slash < 1 || slash === text.length - 1) return undefined;
  return { project: text.slice(0, slash), key: text.slice(slash + 1) };
}

/** The id of the marker tag, made when there is none. With duplicates (tags have no unique names) the oldest counts. */
export async function ensureMarkerTag(client: KumaClient): Promise<number> {
  const { tags } = (await client.read("getTags")) as {
    readonly tags: readonly { readonly id: number; readonly name: string }[];
  };
  const ids = tags.filter((tag) => tag.name === markerTagName).map((tag) => tag.id);
  if (ids.length > 0) return Math.min(...ids);
  const ack = await client.write("addTag", { name: markerTagName, color: markerTagColor });
  return (ack["tag"] as { readonly id: number }).id;
}
