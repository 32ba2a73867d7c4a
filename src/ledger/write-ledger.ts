/**
 * Stores a project's ledger in the server's general settings. kuma-sync works without one, so a failure is not fatal.
 */
import { readSettings, storeSettings } from "../kinds/settings/store-settings.ts";
import { kindIdentity, kindOf } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { emptyLedger, heldSecret, ownRemoval, type Ledger, type LedgerState } from "../model/ledger.ts";
import type { LedgerOutcome } from "../model/progress.ts";
import { withRecovery } from "../model/with-recovery.ts";
import { decodeLedger, encodeLedger } from "./ledger-text.ts";

/**
 * The settings page sends all settings back in one message, and the server closes the socket on one of 1,000,000 bytes.
 * A ledger that would exceed this limit is stored without the parts that only explain differences.
 */
const maxSettingsBytes = 800_000;

/**
 * Stores the result of `change`, which gets the current ledger. Writes nothing if the result is undefined or equal.
 * Returns "unwritten" when the server refuses; throws KumaError when it does not answer twice.
 */
export async function writeLedger(
  client: KumaClient,
  project: string,
  change: (now: LedgerState) => Ledger | undefined,
): Promise<LedgerOutcome> {
  try {
    const settings = await readSettings(client);
    const now = await decodeLedger(settings, project);
    if (now.state === "unreadable" && now.isNewer === true) return { state: "unwritten", reason: now.reason };
    const next = change(now);
    if (next === undefined) return { state: "written" };
    const writes = encodeLedger(next, settings, project);
    const fitting = isTooLarge(settings, writes) ? encodeLedger(withoutCauses(next), settings, project) : writes;
    // Sending the same keys and values again is harmless, so a lost acknowledgement is answered by repeating the call.
    for (const keys of fitting) await withRecovery(storeOnce(client, keys), storeOnce(client, keys));
    return { state: "written" };
  } catch (error) {
    if (error instanceof KumaError && error.code === "rejected") return { state: "unwritten", reason: error.message };
    throw error;
  }
}

function storeOnce(client: KumaClient, keys: JsonObject): () => Promise<void> {
  return async () => {
    await storeSettings(client, () => keys);
  };
}

function isTooLarge(settings: JsonObject, writes: readonly JsonObject[]): boolean {
  const after = Object.assign({}, settings, ...writes) as JsonObject;
  return Buffer.byteLength(JSON.stringify(after)) > maxSettingsBytes;
}

/**
 * Keeps what is needed to recognise objects without a marker, fields that hold secrets, how objects are removed, and
 * unfinished creates.
 */
function withoutCauses({ entries, intents }: Ledger): Ledger {
  const slim = [...entries].flatMap(([key, { ignoreChanges: _places, ...entry }]) => {
    const secrets = Object.entries(entry.fields).filter(([, text]) => text === heldSecret);
    const isOurs = kindIdentity[kindOf(key)] === "ledger";
    const isNeeded = isOurs || secrets.length > 0 || ownRemoval(entry) !== undefined;
    return isNeeded ? [[key, { ...entry, fields: Object.fromEntries(secrets) }] as const] : [];
  });
  return { ...emptyLedger, entries: new Map(slim), intents };
}
