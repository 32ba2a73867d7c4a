/**
 * Notifications. Uptime Kuma stores their settings in one JSON text and replaces all of it on every edit. The marker is
 * inside this text and survives an edit in the UI, which sends back what it loaded.
 */
import type { DesiredEntity, Owner } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import { isJsonObject, parseJson, type Json, type JsonObject } from "../model/json.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import { listOf } from "./codecs/list-of.ts";
import { toNumber } from "./codecs/number.ts";
import { toText } from "./codecs/text.ts";
import { noReferences, type IdOf } from "./field.ts";
import type { Kind, Row, Variant } from "./kind.ts";
import { markerConfigKey, markerText, ownerOf, parseMarker } from "./marker.ts";
import { notSettings, openProvider } from "./notification-providers/define-provider.ts";
import { notificationProviders } from "./notification-providers/index.ts";
import { serverObjects } from "./server-objects.ts";
import { toPayload } from "./spec.ts";

export const notification: Kind = {
  name: "notification",
  section: "notifications",
  variants: [...notificationProviders.values()],
  derivedKeys: new Set(["type", ...notSettings]),
  variant: variantOf,
  rows: notificationRows,
  create: async (context, entity) => {
    const ack = await context.client.write(
      "addNotification",
      payloadFor(context, entity, { owner: ownerOf(context.project, entity) }),
      null,
    );
    const id = toNumber(ack["id"]);
    if (id === null) throw new InternalError("the server created a notification and did not say its id");
    return id;
  },
  update: async (context, { entity, observed, owner = observed.owner }) => {
    const kept = { row: observed.row, ...(owner === undefined ? {} : { owner }) };
    await context.client.write("addNotification", payloadFor(context, entity, kept), observed.id);
  },
  remove: async ({ client }, { id }) => {
    await client.write("deleteNotification", id);
  },
  removeMarker: async ({ client }, { id, row }) => {
    const { [markerConfigKey]: _marker, ...settings } = row;
    await client.write("addNotification", { ...settings, applyExisting: false }, id);
  },
};

/** The declared notification in the form's shape, as it is sent for a test. */
export function notificationForm(client: KumaReader, entity: DesiredEntity): JsonObject {
  return payloadFor({ client, idOf: noReferences }, entity, {});
}

/** An unknown type is passed through too, because it may be newer than this version. */
function variantOf(type: string | undefined): Variant | undefined {
  if (type === undefined || type === "") return undefined;
  return notificationProviders.get(type) ?? openProvider(type);
}

async function notificationRows(reader: KumaReader): Promise<readonly Row[]> {
  const list = await reader.list("notificationList");
  return serverObjects(listOf(list), "notification").map(({ id, row: item }): Row => {
    const config = parseConfig(item["config"]);
    // Name and default are also columns, which the server uses.
    const name = toText(item["name"]) ?? "";
    const row = { ...config, name, isDefault: item["isDefault"] ?? false };
    const owner = parseMarker(config[markerConfigKey]);
    return { id, name, type: toText(config["type"]) ?? undefined, owner, row };
  });
}

/**
 * The whole JSON text. The settings of a known provider are laid over `row`, so that settings without a field stay.
 * They do not stay if the provider changes, and for an open provider if its spec does not have them.
 */
function payloadFor(
  { client, idOf }: { readonly client: KumaReader; readonly idOf: IdOf },
  { key, spec }: DesiredEntity,
  { row, owner }: { readonly row?: JsonObject; readonly owner?: Owner },
): JsonObject {
  const variant = variantOf(toText(spec["type"]) ?? undefined);
  if (variant === undefined) throw new InternalError(`${key} has no type`);
  const settings = toPayload(variant, spec, idOf, client.server.capabilities.release);
  const base = row?.["type"] === variant.type ? row : {};
  return {
    ...(variant.isOpen ? settings : withoutNulls({ ...base, ...settings })),
    // This flag would link the notification to every monitor, and up to 2.2 again on every later save
    // (docs/upstream/uptime-kuma.md#notifications).
    applyExisting: false,
    ...(owner === undefined ? {} : { [markerConfigKey]: markerText(owner) }),
  };
}

/** The form leaves out empty fields; some providers would send a null. */
function withoutNulls(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

/** Empty if the text is not a JSON object; the column can hold any text. */
function parseConfig(config: Json | undefined): JsonObject {
  const parsed = parseJson(toText(config) ?? "");
  return isJsonObject(parsed) ? parsed : {};
}
