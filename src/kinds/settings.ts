/**
 * The server's general settings: one object, always there, shared by everybody. Among them other tools keep values of their
 * own, and this one its ledger.
 */
import { InternalError } from "../model/errors.ts";
import { isJsonObject, pointerParts, type JsonObject } from "../model/json.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import type { Kind, Variant } from "./kind.ts";
import { settingsFields } from "./settings/settings-fields.ts";
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

/** The server has no id for its settings, and one set of them. */
const onlyId = 1;

const noReferences = (): never => {
  throw new InternalError("settings refer to nothing");
};

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
    const changed = new Set(changes.flatMap(({ path }) => settingsFields[pointerParts(path)[0] ?? ""]?.kuma ?? []));
    const payload = toPayload(settingsVariant, entity.spec, noReferences, client.server.capabilities.release);
    const ours = Object.fromEntries(Object.entries(payload).filter(([key]) => changed.has(key)));
    if (Object.keys(ours).length === 0) return;
    await client.write("setSettings", { ...mustBeSent(await readSettings(client)), ...ours }, noPassword);
  },
  remove: () => Promise.reject(new InternalError("the settings are never deleted")),
};

/** Asked for only to switch the login off, which is never done here; without it no answer comes (quirk 25). */
const noPassword = "";

async function readSettings(reader: KumaReader): Promise<JsonObject> {
  const { data } = await reader.read("getSettings");
  return isJsonObject(data) ? data : {};
}

/**
 * The server saves only the keys that it is sent, so nothing else is: what another client saves meanwhile stays, and the
 * ledger too. But it takes a missing one of these for a change: no entry page, logins on again, another browser, no nscd
 * (server.js setSettings). Where nobody has saved them, the form sends these two, too.
 */
function mustBeSent(current: JsonObject): JsonObject {
  const { entryPage, nscd, disableAuth, chromeExecutable } = current;
  return {
    entryPage: entryPage ?? "dashboard",
    nscd: nscd ?? true,
    ...(disableAuth === undefined ? {} : { disableAuth }),
    ...(chromeExecutable === undefined ? {} : { chromeExecutable }),
  };
}
