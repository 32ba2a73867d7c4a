/**
 * The slugs of the pages that a connection knows of. The server tells its list once, at the login, and has no event
 * that asks for it again (docs/upstream/uptime-kuma.md#status-pages), so what this connection adds, renames and deletes
 * is kept beside it.
 */
import { isJsonObject } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import { toText } from "../codecs/text.ts";

/** By connection, and gone with it. A slug is here once it was written; false: it is gone. */
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

/** By connection: the slug that this run gave to a page, by its id. */
const passingSlugs = new WeakMap<KumaReader, Map<number, string>>();

/** The page has this slug until its own step: it made room for another one. */
export function notePassingSlug(reader: KumaReader, id: number, slug: string): void {
  const known = passingSlugs.get(reader) ?? new Map<number, string>();
  passingSlugs.set(reader, known.set(id, slug));
}

/** Where the page is to be found now, which had `slug` when it was observed. */
export function slugNow(reader: KumaReader, { id, name }: { readonly id: number; readonly name: string }): string {
  return passingSlugs.get(reader)?.get(id) ?? name;
}
