/** Writes general settings; the settings kind, the ledger and the lease all use it. */
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { KumaClient, KumaReader } from "../../model/kuma-client.ts";

/**
 * The server asks for a password only to switch off the login, which kuma-sync never does. Without this argument there
 * is no answer (docs/upstream/uptime-kuma.md#settings).
 */
const noPassword = "";

/** All general settings that were ever saved, by key. */
export async function readSettings(reader: Pick<KumaReader, "read">): Promise<JsonObject> {
  const { data } = await reader.read("getSettings");
  return isJsonObject(data) ? data : {};
}

/**
 * Stores the keys that `change` returns for the current settings; writes nothing for undefined. It reads directly
 * before it writes, so only a concurrent change of one of the four settings of `mustBeSent` can be lost. Returns the
 * settings that were read. Throws KumaError.
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
 * The server saves only the keys that it gets, so changes that another client saves at the same time are kept. But it
 * treats these keys as changed if they are missing (server.js setSettings): no entry page until it restarts; nscd
 * stopped; the login switched on again, which logs out everybody else; another browser, which closes the running one.
 * If they were never saved, the settings page sends the first two as here, and null equals a missing browser for the
 * server. `disableAuth` is only sent if it is on; if it is off, leaving it out changes nothing.
 */
function mustBeSent({ entryPage, nscd, disableAuth, chromeExecutable }: JsonObject): JsonObject {
  return {
    entryPage: entryPage ?? "dashboard",
    nscd: nscd ?? true,
    chromeExecutable: chromeExecutable ?? null,
    ...(disableAuth === true ? { disableAuth } : {}),
  };
}
