/** The addresses that jobs call to report that they ran, for the push monitors of a project. */
import type { Row } from "../../kinds/kind.ts";
import { readSettings } from "../../kinds/settings/store-settings.ts";
import { entityKey } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { PushUrl } from "../../model/push-url.ts";

/**
 * By key. The address is the one that Uptime Kuma's page shows: its primary base URL, or the one that it was reached by
 * (docs/upstream/uptime-kuma.md#push-monitors). Throws KumaError if the connection is lost.
 */
export async function pushUrls(reader: KumaReader, monitors: readonly Row[]): Promise<readonly PushUrl[]> {
  const base = baseOf(await readSettings(reader), reader.server.url);
  return monitors
    .flatMap((row) => pushUrl(row, base))
    .toSorted((left, right) => left.key.localeCompare(right.key, "en"));
}

function baseOf({ primaryBaseURL }: JsonObject, reachedBy: string): string {
  const isUsable =
    typeof primaryBaseURL === "string" && /^https?:/u.test(primaryBaseURL) && URL.canParse(primaryBaseURL);
  return (isUsable ? new URL(primaryBaseURL).href : reachedBy).replace(/\/+$/u, "");
}

/** Some monitors of old servers have no token; nothing can report to them. */
function pushUrl({ name, type, owner, row }: Row, base: string): readonly PushUrl[] {
  const token = row["pushToken"];
  if (type !== "push" || owner === undefined || typeof token !== "string" || token === "") return [];
  const url = `${base}/api/push/${encodeURIComponent(token)}`;
  return [{ key: entityKey("monitor", owner.key), name, url: url.replaceAll(/['$`\\]/gu, inPercent) }];
}

/** The address may stand in quotes of a shell or in a file with variables. */
function inPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
