/** Converts keys of other tools whose values have another form here. */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { isKey } from "../sections/full-key.ts";

/** The entry to write instead; without a value if that cannot be converted. */
export interface ConvertedEntry {
  readonly key: string;
  readonly value?: Json;
  /** Whether the name has no other meaning in any tool. */
  readonly isCertain: boolean;
}

/** Advice without an entry. */
export type ConvertedKey = ConvertedEntry | { readonly hint: string };

/** `value` is undefined if it must not be shown or does not have the tool's form. */
type Convert = (value: Json | undefined) => ConvertedKey;

/** `plain` is a name as `plainName` spells it. Undefined for an unknown name. */
export function convertKey(plain: string, value: Json | undefined): ConvertedKey | undefined {
  return converters.get(plain)?.(value);
}

const toParent = to("parent", toReference);
const toNotifications = to("notifications", toReferences);
const toMonitorTags = to("tags", toTags);

const converters: ReadonlyMap<string, Convert> = new Map([
  ...named(["parentname", "parentid"], toParent),
  ...named(["group", "groupname", "groupid", "folder"], guessed(toParent)),
  ...named(["tagnames"], toMonitorTags),
  ...named(["tag", "labels", "label"], guessed(toMonitorTags)),
  ...named(
    ["notificationnamelist", "notificationidlist", "notificationnames", "notificationids", "notificationlist"],
    toNotifications,
  ),
  ...named(
    ["notification", "notify", "alerts", "alert", "alerting", "alertcontacts", "contacts", "notifiers"],
    guessed(toNotifications),
  ),
  ...named(["enabled", "enable", "running"], to("active", toSwitch)),
  ...named(["createpaused", "paused", "disabled", "pause", "suspended"], to("active", toOpposite)),
  ["state", fromState],
  // Among these are the server's own names, with numbers as values.
  ...named(["dockerhost", "dockerhostname", "dockerhostid"], to("dockerHost", toReference)),
  ...named(["proxyid", "proxyname"], to("proxy", toReference)),
  ...named(["remotebrowser", "remotebrowserid"], to("remoteBrowser", toReference)),
  ["remotebrowserstoggle", () => ({ hint: "leave it out: remoteBrowser alone decides" })],
  ...named(
    ["verifyssl", "sslverify", "verifytls", "tlsverify", "validatecerts", "verify"],
    to("ignoreTls", toOpposite),
  ),
  ...named(
    ["followredirects", "followredirect"],
    to("maxRedirects", (value) => redirects(toSwitch(value))),
  ),
  ...named(
    ["ignoreredirect", "ignoreredirects"],
    to("maxRedirects", (value) => redirects(toOpposite(value))),
  ),
  [
    "weight",
    () => ({ hint: "leave it out: Uptime Kuma sorts monitors in its own list, and kuma-sync keeps its order" }),
  ],
  ["id", fromId],
  [
    "conditions",
    () => ({ hint: "write acceptedStatusCodes for a status, type: keyword or type: json-query for the body" }),
  ],
]);

function named(names: readonly string[], convert: Convert): readonly (readonly [string, Convert])[] {
  return names.map((name) => [name, convert]);
}

function to(key: string, valueFor: (value: Json | undefined) => Json | undefined): Convert {
  return (given) => ({ key, ...valueOf(valueFor(given)), isCertain: true });
}

/** For names that may mean something else. */
function guessed(convert: Convert): Convert {
  return (value) => {
    const converted = convert(value);
    return "key" in converted ? { ...converted, isCertain: false } : converted;
  };
}

/** The number of redirects; 10 is the default of Uptime Kuma's form. */
function redirects(areFollowed: boolean | undefined): number | undefined {
  return areFollowed === undefined ? undefined : areFollowed ? 10 : 0;
}

function valueOf(value: Json | undefined): { readonly value?: Json } {
  return value === undefined ? {} : { value };
}

/** `state` of Ansible's modules. */
function fromState(value: Json | undefined): ConvertedKey {
  if (value === "absent")
    return { hint: "remove the whole monitor: what is not declared is deleted, and the plan asks first" };
  if (value === "present") return { hint: "leave it out: a monitor that is declared exists" };
  if (value === "paused" || value === "stopped") return { key: "active", value: false, isCertain: true };
  if (value === "resumed" || value === "started" || value === "running")
    return { key: "active", value: true, isCertain: true };
  return { key: "active", isCertain: false };
}

function fromId(value: Json | undefined): ConvertedKey {
  const id = toId(value);
  const start = "leave it out: the key names the monitor";
  return { hint: id === undefined ? start : `${start}; \`adopt: { id: ${id} }\` takes over one that exists` };
}

/** A key stays; another text is the name of something created by hand, and a number its id. */
function toReference(value: Json | undefined): Json | undefined {
  const id = toId(value);
  if (id !== undefined) return { id };
  if (typeof value === "string" && value !== "") return isKey(value) ? value : { name: value };
  if (isJsonObject(value)) {
    const inner = toId(value["id"]);
    return typeof value["name"] === "string"
      ? toReference(value["name"])
      : inner === undefined
        ? undefined
        : { id: inner };
  }
  return undefined;
}

function toId(value: Json | undefined): number | undefined {
  const number = typeof value === "string" && /^[1-9]\d{0,8}$/u.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Accepts a list of names or ids, Uptime Kuma's `{ "1": true }` and Gatus' `[{ type: slack }]`, also as JSON text. */
function toReferences(value: Json | undefined): Json | undefined {
  const given = fromJsonText(value);
  if (typeof given === "string") return allOf(given.split(",").map((item) => toReference(item.trim())));
  if (typeof given === "number") return allOf([toReference(given)]);
  if (Array.isArray(given)) {
    return allOf(
      given.map((item: Json) =>
        isJsonObject(item) && typeof item["type"] === "string" ? toReference(item["type"]) : toReference(item),
      ),
    );
  }
  if (!isJsonObject(given)) return undefined;
  return allOf(Object.entries(given).flatMap(([key, isOn]) => (isOn === false ? [] : [toReference(key)])));
}

/** Accepts `[{ name, value }]`, `[{ tag_id, value }]`, a list of names, and a mapping from tag to value. */
function toTags(value: Json | undefined): Json | undefined {
  const given = fromJsonText(value);
  if (typeof given === "string") return allOf(given.split(",").map((item) => toTag({ name: item.trim() })));
  if (Array.isArray(given)) {
    return allOf(given.map((item: Json) => toTag(typeof item === "string" ? { name: item } : item)));
  }
  return isJsonObject(given)
    ? allOf(Object.entries(given).map(([name, text]) => toTag({ name, value: text })))
    : undefined;
}

function toTag(item: Json): Json | undefined {
  if (!isJsonObject(item)) return undefined;
  const { name, value: written } = item;
  const value = isEmptyText(written) ? undefined : written;
  const id = toId(item["tag_id"] ?? item["tagId"]);
  const said: JsonObject = value === undefined ? {} : { value };
  if (typeof name === "string" && name !== "") {
    if (!isKey(name)) return { name, ...said };
    return value === undefined ? name : { [name]: value };
  }
  return id === undefined ? undefined : { id, ...said };
}

function isEmptyText(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || typeof value === "object";
}

/** Undefined if one item cannot be converted, because half a list would be a wrong repair. */
function allOf(items: readonly (Json | undefined)[]): Json | undefined {
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
}

/** Docker labels contain lists as JSON. */
function fromJsonText(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/u.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function toSwitch(value: Json | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  const word = typeof value === "number" ? String(value) : value;
  if (typeof word !== "string") return undefined;
  if (/^(?:true|yes|y|on|1|enabled)$/iu.test(word)) return true;
  return /^(?:false|no|n|off|0|disabled)$/iu.test(word) ? false : undefined;
}

function toOpposite(value: Json | undefined): boolean | undefined {
  const isOn = toSwitch(value);
  return isOn === undefined ? undefined : !isOn;
}
