/**
 * The server's general settings: one object, which always exists and belongs to nobody. Other tools store their own
 * values in it, and kuma-sync its ledger.
 */
import { InternalError } from "../model/errors.ts";
import { pointerParts } from "../model/json.ts";
import { kumaKey, noReferences } from "./field.ts";
import type { Kind, Variant } from "./kind.ts";
import { settingsFields } from "./settings/settings-fields.ts";
import { readSettings, storeSettings } from "./settings/store-settings.ts";
import { toPayload } from "./spec.ts";

const settingsVariant: Variant = {
  type: undefined,
  summary: "The general settings of the server; what is not written is left as it is.",
  isOpen: false,
  fields: settingsFields,
  required: [],
  leftOut: {
    disableAuth: "it opens the server to everybody and needs the current password: change it in the settings page",
    dnsCache: "Uptime Kuma 2.0 has dropped it, because it kept dead answers",
    apiKeysEnabled: "Uptime Kuma sets it itself, with the first API key",
  },
  example: { primaryBaseURL: "https://status.example.com", keepDataPeriodDays: 90, searchEngineIndex: false },
};

const onlyKey = "server";

/** The server has one set of settings, without an id. */
const onlyId = 1;

export const settings: Kind = {
  name: "settings",
  section: "settings",
  onlyKey,
  variants: [settingsVariant],
  variant: () => settingsVariant,
  rows: async (reader) => [
    { id: onlyId, name: onlyKey, type: undefined, owner: undefined, row: await readSettings(reader) },
  ],
  create: () => Promise.reject(new InternalError("the settings are always there")),
  update: async ({ client }, { entity, changes }) => {
    const changed = new Set(changes.flatMap(({ path }) => keyOf(pointerParts(path)[0] ?? "")));
    const payload = toPayload(settingsVariant, entity.spec, noReferences, client.server.capabilities.release);
    const ours = Object.fromEntries(Object.entries(payload).filter(([key]) => changed.has(key)));
    if (Object.keys(ours).length === 0) return;
    await storeSettings(client, () => ours);
  },
  remove: () => Promise.reject(new InternalError("the settings are never deleted")),
};

/** The server's keys of a field. */
function keyOf(name: string): readonly string[] {
  const field = settingsFields[name];
  return field === undefined ? [] : [kumaKey(name, field)];
}
