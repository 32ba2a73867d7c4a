import { expect, test } from "vitest";
import { flowYaml } from "../../../src/config/pasted/flow-yaml.ts";
import { meantKey } from "../../../src/config/pasted/meant-key.ts";
import { monitor } from "../../../src/kinds/monitor.ts";
import { kumaKey } from "../../../src/kinds/field.ts";
import type { Json } from "../../../src/model/json.ts";

function meant(type: string, name: string, value?: Json): ReturnType<typeof meantKey> {
  const variant = monitor.variant(type);
  if (variant === undefined) throw new Error(`there is no type ${type}`);
  return meantKey({ kind: monitor, variant, name, value });
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);

test("every field is found by its name in snake_case and by Uptime Kuma's own name", () => {
  const wrong = monitor.variants.flatMap(({ type = "", fields }) =>
    Object.entries(fields).flatMap(([name, field]) =>
      [snakeCase(name), kumaKey(name, field)]
        .filter((other) => !Object.hasOwn(fields, other))
        .filter((other) => meant(type, other)?.field !== name)
        .map((other) => `${type}: ${other}`),
    ),
  );
  expect(wrong).toEqual([]);
});

test.each<[name: string, value: Json, key: string, instead: Json]>([
  ["parent_name", "web", "parent", "web"],
  ["group", "1. Network", "parent", { name: "1. Network" }],
  ["parent_id", 7, "parent", { id: 7 }],
  ["notification_id_list", { "1": true, "2": false }, "notifications", [{ id: 1 }]],
  ["notification_id_list", '{"1": true}', "notifications", [{ id: 1 }]],
  ["notificationIDList", [1, 2], "notifications", [{ id: 1 }, { id: 2 }]],
  ["notification_names", ["On call", "discord"], "notifications", [{ name: "On call" }, "discord"]],
  [
    "tag_names",
    [
      { name: "team", value: "core" },
      { name: "x", value: "" },
    ],
    "tags",
    [{ team: "core" }, "x"],
  ],
  ["labels", { team: "core" }, "tags", [{ team: "core" }]],
  ["create_paused", true, "active", false],
  ["paused", "no", "active", true],
  ["enabled", 0, "active", false],
  ["proxy_id", "3", "proxy", { id: 3 }],
  ["validate_certs", false, "ignoreTls", true],
  ["follow_redirects", false, "maxRedirects", 0],
  ["accepted_status_codes", "200-299, 401", "acceptedStatusCodes", ["200-299", 401]],
])("%s: %j of an http monitor", (name, value, key, instead) => {
  const found = meant("http", name, value);
  expect(found?.hint).toBe(`write \`${key}: ${flowYaml(instead)}\``);
});

test("a value that must not be shown is not in the hint", () => {
  expect(meant("http", "basic_auth_pass", "hunter2")?.hint).toBe("write basicAuthPass");
  expect(meant("http", "parent_name")?.hint).toBe("write parent");
});

test("only names without another meaning are repaired", () => {
  expect(meant("http", "parent_name", "web")?.repair).toEqual({ type: "entry", key: "parent", value: "web" });
  expect(meant("http", "max_retries", 3)?.repair).toEqual({ type: "rename", to: "maxRetries" });
  expect(meant("http", "group", "web")?.repair).toBeUndefined();
  expect(meant("http", "retries", 3)?.repair).toBeUndefined();
});

test("half a list is no repair", () => {
  expect(meant("http", "tag_names", [{ name: "team" }, {}])).toEqual({ hint: "write tags", field: "tags" });
});

test("what the server computes is to be left out", () => {
  expect(meant("http", "childrenIDs", [])?.hint).toBe("leave it out: Uptime Kuma sets it itself");
  expect(meant("http", "weight", 1)?.repair).toBeUndefined();
});

test("a name that stands for nothing is not guessed", () => {
  expect(meant("http", "colour", "red")).toBeUndefined();
});
