/** Keeps a project's ledger among the server's general settings. It may fail: the tool works without one. */
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
 * A ledger that would bring them there goes without what only explains differences.
 */
const maxSettingsBytes = 800_000;

/**
 * Stores what `change` makes of the ledger as it is now; writes nothing for undefined, or when that is what is there.
 * "unwritten" when the server refuses it; throws KumaError when the server does not answer, also not the second time.
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
    // The same keys with the same values once more do no harm, so a lost ack is answered by sending them again.
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
 * What is left says which objects without a marker are ours, which fields hold secrets, what entities said of their removal,
 * and what a run was about to create.
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
