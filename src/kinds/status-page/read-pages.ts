/** Reads status pages, which the server shows in three places. */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Freshness, KumaReader } from "../../model/kuma-client.ts";
import { isAtLeast } from "../../model/release.ts";
import { listOf } from "../codecs/list-of.ts";
import { toNumber } from "../codecs/number.ts";
import { toText } from "../codecs/text.ts";
import type { Row } from "../kind.ts";
import { knownSlugs } from "./known-slugs.ts";
import { analyticsOf, sinceAnalytics } from "./page-fields.ts";

/** The server's folder for uploaded icons. */
const uploadFolder = "/upload/";

export async function pageRows(
  reader: KumaReader,
  { freshness }: { readonly freshness: Freshness },
): Promise<readonly Row[]> {
  const configs = freshness === "pushed" ? await listedConfigs(reader) : await freshConfigs(reader);
  const monitors = await reader.list("monitorList");
  const rows = await Promise.all(
    configs.map(async (config): Promise<Row[]> => {
      const id = toNumber(config["id"]);
      const name = toText(config["slug"]);
      if (id === null || name === null) return [];
      const row = { ...config, ...(await restOfPage(reader, config, monitors)) };
      return [{ id, name, type: undefined, owner: undefined, row }];
    }),
  );
  return rows.flat().toSorted((left, right) => left.id - right.id);
}

async function listedConfigs(reader: KumaReader): Promise<readonly JsonObject[]> {
  return Object.values((await reader.list("statusPageList")) ?? {}).filter(isJsonObject);
}

async function freshConfigs(reader: KumaReader): Promise<readonly JsonObject[]> {
  const configs = await Promise.all((await knownSlugs(reader)).map((slug) => readConfig(reader, slug)));
  return configs.filter((config) => config !== undefined);
}

/** Undefined if there is no page with this slug. */
export async function readConfig(reader: KumaReader, slug: string): Promise<JsonObject | undefined> {
  try {
    const { config } = await reader.read("getStatusPage", slug);
    return isJsonObject(config) ? config : undefined;
  } catch (error) {
    if (error instanceof KumaError && error.code === "rejected" && error.message.includes("No slug?")) return undefined;
    throw error;
  }
}

/**
 * What the settings of the page lack: its groups, which only the public page shows, the bytes of an uploaded icon, and
 * the analytics in the form of 2.1 and later.
 */
async function restOfPage(reader: KumaReader, config: JsonObject, monitors: Json): Promise<JsonObject> {
  const { release } = reader.server.capabilities;
  const slug = toText(config["slug"]) ?? "";
  const icon = toText(config["icon"]) ?? "";
  const [groups, picture] = await Promise.all([
    readGroups(reader, slug),
    icon.startsWith(uploadFolder) ? reader.readPicture(icon) : undefined,
  ]);
  return {
    imgDataUrl: picture ?? icon,
    ...(groups === undefined ? {} : { publicGroupList: groups.map((group) => withOwnUrls(group, monitors)) }),
    ...(isAtLeast(release, sinceAnalytics) ? {} : analyticsOf(config)),
  };
}

/**
 * Undefined if nobody can open the page: the server looks for slugs in lower case, and up to 1.23 it does not answer
 * for an unknown slug (docs/upstream/uptime-kuma.md#public-page).
 */
export async function readGroups(reader: KumaReader, slug: string): Promise<readonly JsonObject[] | undefined> {
  if (slug !== slug.toLowerCase()) return undefined;
  // Through bytes, because encodeURIComponent throws on half a surrogate pair.
  const path = `/api/status-page/${encodeURIComponent(Buffer.from(slug).toString())}`;
  const page = await reader.readPublic(path);
  if (page === undefined) return undefined;
  const groups = isJsonObject(page) ? page["publicGroupList"] : undefined;
  if (Array.isArray(groups)) return groups.filter(isJsonObject);
  throw new KumaError("incomplete", `the server answered ${path} without the groups of the page`, {
    hint: "something in front of the server may answer in its place",
  });
}

/**
 * The public page shows the address of a link, but not whether it is the page's own or the monitor's. If both are
 * equal, it counts as the monitor's, which leads to the same place.
 */
function withOwnUrls(group: JsonObject, monitors: Json): JsonObject {
  const monitorList = listOf(group["monitorList"])
    .filter(isJsonObject)
    .map((item) => {
      const { url, ...rest } = item;
      const monitor = isJsonObject(monitors) ? monitors[toText(item["id"]) ?? ""] : undefined;
      const usual = isJsonObject(monitor) ? monitor["url"] : undefined;
      return url === undefined || url === usual ? rest : { ...rest, url };
    });
  return { ...group, monitorList };
}
