/** The one place that writes general settings: the settings kind, the ledger and the lease all go through it. */
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { KumaClient, KumaReader } from "../../model/kuma-client.ts";

/**
 * Asked for only to switch the login off, which is never done here; without it no answer comes
 * (docs/upstream/uptime-kuma.md#settings).
 */
const noPassword = "";

/** All general settings that were ever saved, by key. */
export async function readSettings(reader: Pick<KumaReader, "read">): Promise<JsonObject> {
  const { data } = await reader.read("getSettings");
  return isJsonObject(data) ? data : {};
}

/**
 * Stores the keys that `change` makes of the settings as they are now; writes nothing for undefined. Reads right before
 * it writes, so that only a save of one of the four settings of `mustBeSent` within that round trip can be lost; a save
 * of any other setting cannot. Returns what was read. Throws KumaError.
 */
export async function storeSettings(
  client: KumaClient,
  change: (now: JsonObject) => JsonObject | undefined,
): Promise<JsonObject> {
  const now = await readSettings(client);
  const keys = change(now);
  if (keys !== undefined) await client.write("setSettings", { ...mustBeSent(now), ...keys }, noPassword);
  return now;
}

/**
 * The server saves only the keys that it is sent, so nothing else is: what another client saves meanwhile stays. But it
 * takes a missing one of these for a change (server.js setSettings): no entry page until it restarts; nscd stopped;
 * the login on again, which cuts off everybody else; another browser, which closes the running one. Where nobody has
 * saved them, the settings page sends the first two as here, and null is what the server compares a missing browser
 * with. `disableAuth` goes along only where it is on: where it is off, leaving it out changes nothing.
 */
function mustBeSent({ entryPage, nscd, disableAuth, chromeExecutable }: JsonObject): JsonObject {
  return {
    entryPage: entryPage ?? "dashboard",
    nscd: nscd ?? true,
    chromeExecutable: chromeExecutable ?? null,
    ...(disableAuth === true ? { disableAuth } : {}),
  };
}
