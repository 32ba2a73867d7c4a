/**
 * The slugs of the pages that a connection knows. The server sends its list once, at login, and no event asks for it
 * again (docs/upstream/uptime-kuma.md#status-pages). So the slugs that this connection adds, renames and deletes are
 * recorded here.
 */
import { isJsonObject } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import { toText } from "../codecs/text.ts";

/** By connection. `true` for a slug that was written, `false` for one that was removed. */
const writtenSlugs = new WeakMap<KumaReader, Map<string, boolean>>();

export function noteSlug(reader: KumaReader, slug: string, isThere: boolean): void {
  const known = writtenSlugs.get(reader) ?? new Map<string, boolean>();
  writtenSlugs.set(reader, known.set(slug, isThere));
}

export async function knownSlugs(reader: KumaReader): Promise<readonly string[]> {
  const written = writtenSlugs.get(reader) ?? new Map<string, boolean>();
  const listed = Object.values((await reader.list("statusPageList")) ?? {})
    .filter(isJsonObject)
    .flatMap((page) => toText(page["slug"]) ?? []);
  const added = [...written].flatMap(([slug, isThere]) => (isThere ? [slug] : []));
  return [...new Set([...listed.filter((slug) => written.get(slug) !== false), ...added])];
}

/** By connection: temporary slugs that this run gave to pages, by page id. */
const passingSlugs = new WeakMap<KumaReader, Map<number, string>>();

/** The page has this slug until its own step, because it made room for another page. */
export function notePassingSlug(reader: KumaReader, id: number, slug: string): void {
  const known = passingSlugs.get(reader) ?? new Map<number, string>();
  passingSlugs.set(reader, known.set(id, slug));
}

/** The current slug of a page that had the slug `name` when it was observed. */
export function slugNow(reader: KumaReader, { id, name }: { readonly id: number; readonly name: string }): string {
  return passingSlugs.get(reader)?.get(id) ?? name;
}
