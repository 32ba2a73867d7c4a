import { describe, expect, test } from "vitest";
import { notification } from "../../src/kinds/notification.ts";
import { sensitivePointers } from "../../src/kinds/spec.ts";
import { canonicalText, type JsonObject } from "../../src/model/json.ts";
import { contextOf, desired, observed, recordingClient } from "./recording-client.ts";

const slack = { name: "On call", type: "slack", slackwebhookURL: "https://hooks.example.com/x" };
const bark = { name: "Phone", type: "Bark", barkEndpoint: "https://bark.example.com/key", apiVersion: "v2" };

function listed(id: number, config: JsonObject | string): JsonObject {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  const columns = typeof config === "string" ? {} : config;
  return {
    id,
    name: columns["name"] ?? "n",
    active: true,
    userId: 1,
    isDefault: columns["isDefault"] ?? false,
    config: text,
  };
}

/** The object that an update of `config` to `written` sends. */
async function updated(config: JsonObject, written: JsonObject): Promise<JsonObject> {
  const client = recordingClient({ lists: { notificationList: [listed(3, config)] } });
  const [row] = await notification.rows(client, { freshness: "pushed" });
  if (row === undefined) throw new Error("no row");
  const found = observed(notification, { ...row.row, id: 3 });
  await notification.update(contextOf(client), {
    entity: desired(notification, "oncall", written),
    observed: { ...found, row: row.row },
    changes: [],
    owner: { project: "shop", key: "oncall" },
  });
  expect(client.calls.map(({ event, args }) => [event, args[1]])).toEqual([["addNotification", 3]]);
  return client.calls[0]?.args[0] as JsonObject;
}

function secretPlaces(written: JsonObject & { readonly type: string }): readonly string[] {
  const variant = notification.variant(written.type);
  return variant === undefined ? [] : sensitivePointers(variant, desired(notification, "n", written).spec);
}

describe("create", () => {
  test("sends what the form sends, and the marker", async () => {
    const client = recordingClient();
    expect(await notification.create(contextOf(client), desired(notification, "oncall", slack))).toBe(100);
    expect(client.calls).toEqual([
      {
        event: "addNotification",
        args: [
          {
            ...slack,
            isDefault: false,
            applyExisting: false,
            kumaSync: "shop/oncall",
            slackIncludeGroupName: true,
            slackUseTemplate: false,
            slackchannelnotify: false,
            slackrichmessage: false,
          },
          null,
        ],
      },
    ]);
  });
});

describe("update", () => {
  test("keeps the settings of a known provider that have no field", async () => {
    const sent = await updated(
      { ...slack, slackbutton: "https://kuma", slackchannel: "#old" },
      { ...slack, name: "New" },
    );
    expect(sent).toMatchObject({ slackbutton: "https://kuma", name: "New", kumaSync: "shop/oncall" });
    expect(sent).not.toHaveProperty("slackchannel");
  });

  test("never sends applyExisting, though it was saved so", async () => {
    expect(await updated({ ...slack, applyExisting: true }, slack)).toHaveProperty("applyExisting", false);
    expect(await updated({ ...bark, applyExisting: true }, bark)).toHaveProperty("applyExisting", false);
  });

  test("takes the settings of another provider away, secrets among them", async () => {
    const sent = await updated(slack, { name: "On call", type: "ntfy", ntfytopic: "up" });
    expect(sent).not.toHaveProperty("slackwebhookURL");
  });

  test("replaces the settings of an open provider whole", async () => {
    expect(await updated({ ...bark, old: 1 }, bark)).toEqual({
      ...bark,
      isDefault: false,
      applyExisting: false,
      kumaSync: "shop/oncall",
    });
  });
});

describe("rows", () => {
  test("tell the owner, and tolerate a config that is no JSON", async () => {
    const lists = { notificationList: [listed(3, { ...slack, kumaSync: "shop/oncall" }), listed(4, "{")] };
    const rows = await notification.rows(recordingClient({ lists }), { freshness: "anew" });
    expect(rows.map(({ id, name, type, owner }) => ({ id, name, type, owner }))).toEqual([
      { id: 3, name: "On call", type: "slack", owner: { project: "shop", key: "oncall" } },
      { id: 4, name: "n", type: undefined, owner: undefined },
    ]);
    expect(notification.variant(undefined)).toBe(undefined);
  });

  test.each([slack, bark, { name: "New", type: "not-yet-known", deep: { a: [null] } }])(
    "of $type read back as what was declared, whatever else the server keeps",
    async (written) => {
      const client = recordingClient();
      const entity = desired(notification, "oncall", written);
      await notification.create(contextOf(client), entity);
      const config = { ...(client.calls[0]?.args[0] as JsonObject), userId: 1, active: true };
      const lists = { notificationList: [listed(3, config)] };
      const [row] = await notification.rows(recordingClient({ lists }), { freshness: "pushed" });
      const found = observed(notification, { ...row?.row, id: 3 });
      expect(canonicalText(found.spec ?? null)).toBe(canonicalText(entity.spec));
    },
  );
});

test("a setting of an open provider that only the server has is a difference", () => {
  const declared = desired(notification, "phone", bark).spec;
  const found = observed(notification, { ...bark, isDefault: false, extra: 1, id: 3 }).spec;
  expect(found).toEqual({ ...declared, settings: { ...(declared["settings"] as JsonObject), extra: 1 } });
});

test("all settings of an open provider are secret; of a typed one, its credentials", () => {
  expect(secretPlaces(bark)).toEqual(["/settings"]);
  expect(secretPlaces({ name: "T", type: "telegram", telegramBotToken: "t", telegramChatID: "1" })).toEqual([
    "/telegramBotToken",
  ]);
});

test("a delete names the notification", async () => {
  const client = recordingClient();
  await notification.remove({ client }, observed(notification, { id: 3, name: "On call" }));
  expect(client.calls).toEqual([{ event: "deleteNotification", args: [3] }]);
});
