/**
 * Saves a page. `saveStatusPage` is not a transaction (docs/upstream/uptime-kuma.md#status-pages): an error in the
 * groups leaves the settings saved and the page half built. So everything that could be wrong is checked first.
 */
import type { KumaId } from "../../model/entity.ts";
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import type { ParkedPage } from "../../model/plan.ts";
import { isAtLeast } from "../../model/release.ts";
import { assertMonitors } from "../assert-monitors.ts";
import { listOf } from "../codecs/list-of.ts";
import { toNumber } from "../codecs/number.ts";
import { toText } from "../codecs/text.ts";
import { notePassingSlug, noteSlug } from "./known-slugs.ts";
import { sinceAnalytics } from "./page-fields.ts";
import { withGroupIds } from "./public-groups.ts";
import { readConfig, readGroups } from "./read-pages.ts";

/** Keys that are separate arguments, or that only kuma-sync uses. */
interface PagePayload extends JsonObject {
  readonly imgDataUrl: Json;
  readonly publicGroupList: Json;
}

/**
 * Lays `payload` over the current page. `keepsIcon`: an uploaded icon is named and not sent again, which would give it
 * a new address.
 */
export async function savePage(
  client: KumaClient,
  slug: string,
  { payload, keepsIcon, id }: { readonly payload: JsonObject; readonly keepsIcon: boolean; readonly id: KumaId },
): Promise<void> {
  const { imgDataUrl, publicGroupList, ...settings } = payload as PagePayload;
  await assertMonitors(client, monitorIds(publicGroupList));
  const config = await configOf(client, slug, id);
  const groups = withGroupIds(publicGroupList, await readGroups(client, slug));
  const icon = toText(keepsIcon ? (config["icon"] ?? null) : imgDataUrl) ?? "";
  // The npm package's 2.0.0-dev.0 looks for an address only here; other releases replace it with theirs.
  const logo = icon.startsWith("data:") ? {} : { logo: icon };
  const sent = { ...config, ...inWordsOf(client, settings), ...logo };
  await saveInTurn(client, slug, sent, icon, groups);
  const newSlug = toText(payload["slug"]) ?? slug;
  if (newSlug === slug) return;
  noteSlug(client, slug, false);
  noteSlug(client, newSlug, true);
  notePassingSlug(client, id, newSlug);
}

/** The newest save of each connection, failed or not. */
const saves = new WeakMap<KumaClient, Promise<unknown>>();

/**
 * One save at a time: on MariaDB, two of them at once lock each other out where they replace the domains of their pages
 * (docs/upstream/uptime-kuma.md#status-pages).
 */
async function saveInTurn(client: KumaClient, ...args: readonly Json[]): Promise<void> {
  const turn = (saves.get(client) ?? Promise.resolve()).then(() => client.write("saveStatusPage", ...args));
  saves.set(
    client,
    turn.catch(() => undefined),
  );
  await turn;
}

/**
 * Gives a page a temporary slug, so that another page can get its slug; two pages that swap slugs would both be
 * refused. If the run is interrupted, the next one continues, because pages are identified by id.
 */
export async function parkPage(client: KumaClient, { id, slug, temporary }: ParkedPage): Promise<void> {
  const config = await configOf(client, slug, id);
  const groups = await readGroups(client, slug);
  const icon = toText(config["icon"]) ?? "";
  await saveInTurn(client, slug, { ...config, slug: temporary, logo: icon }, icon, groups ?? []);
  noteSlug(client, slug, false);
  noteSlug(client, temporary, true);
  notePassingSlug(client, id, temporary);
}

/** Throws KumaError "rejected" if the slug now belongs to another page, or to none. */
async function configOf(client: KumaClient, slug: string, id: KumaId): Promise<JsonObject> {
  const config = await readConfig(client, slug);
  if (config !== undefined && toNumber(config["id"]) === id) return config;
  throw new KumaError("rejected", `status page ${slug} is not on the server any more`, { hint: "plan again" });
}

/** Up to 2.0, there is one kind of analytics under a different name. */
function inWordsOf({ server }: KumaClient, settings: JsonObject): JsonObject {
  if (isAtLeast(server.capabilities.release, sinceAnalytics)) return settings;
  const { analyticsType, analyticsId, ...rest } = settings;
  return { ...rest, googleAnalyticsId: analyticsType === "google" ? (analyticsId ?? null) : null };
}

function monitorIds(groups: Json | undefined): number[] {
  return listOf(groups)
    .flatMap((group) => (isJsonObject(group) ? listOf(group["monitorList"]) : []))
    .flatMap((item) => (isJsonObject(item) ? (toNumber(item["id"]) ?? []) : []));
}
