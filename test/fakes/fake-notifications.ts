/** Notifications (docs/upstream/uptime-kuma.md#notifications). */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { notificationProviders } from "../../src/kinds/notification-providers/index.ts";
import { textOf } from "./fake-state.ts";
import type { FakeState } from "./fake-state.ts";

/** Creates for a falsy id; otherwise replaces all of it. Gives the id. */
export function addNotification(state: FakeState, config: JsonObject, id: Json): number {
  if (id && !state.notifications.has(Number(id))) throw new Error("notification not found");
  const newId = id ? Number(id) : ++state.lastIds.notification;
  const { name = null } = config;
  const kept = state.traits.resetsApplyExisting ? { ...config, applyExisting: false } : config;
  state.notifications.set(newId, {
    id: newId,
    name: name === null ? null : textOf(name),
    isDefault: Boolean(config["isDefault"]),
    config: JSON.stringify(kept),
  });
  if (config["applyExisting"] === true) {
    for (const monitorId of state.monitors.keys()) {
      if (state.links.some((link) => link.monitorId === monitorId && link.notificationId === newId)) continue;
      state.links = [...state.links, { monitorId, notificationId: newId }];
    }
  }
  return newId;
}

export function deleteNotification(state: FakeState, id: number): void {
  if (!state.notifications.delete(id)) throw new Error("notification not found");
  state.links = state.links.filter((link) => link.notificationId !== id);
}

export function notificationListJson(state: FakeState): Json {
  return [...state.notifications.values()].map(({ id, name, isDefault, config }) => ({
    id,
    name,
    active: true,
    userId: state.ownerless.has(`notification ${id}`) ? null : 1,
    isDefault,
    config,
  }));
}

/** Webhooks are sent for real; of the other providers it is only known that a real server has them. */
export async function sendTest(config: Json | undefined): Promise<string> {
  if (!isJsonObject(config)) throw new TypeError("Cannot read properties of null (reading 'type')");
  const type = textOf(config["type"]);
  if (!notificationProviders.has(type)) throw new Error("Notification type is not supported");
  if (type !== "webhook") return "Sent Successfully.";
  const message = { heartbeat: null, monitor: null, msg: `${textOf(config["name"])} Testing` };
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(message) };
  const { ok, status } = await fetch(textOf(config["webhookURL"]), init);
  if (!ok) throw new Error(`Request failed with status code ${status}`);
  return "Sent Successfully.";
}
