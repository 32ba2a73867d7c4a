/**
 * Status pages: stored without a transaction, listed at the login alone (docs/upstream/uptime-kuma.md#status-pages).
 */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { sqlError, textOf } from "./fake-state.ts";
import type { FakePage, FakeState, PageGroup } from "./fake-state.ts";
import { isAtLeast } from "../../src/model/release.ts";

type Handler = (args: readonly Json[]) => JsonObject;

/** What is stored of the settings of a page, by the key that it is sent and told under; flags apart. */
const texts = ["slug", "title", "description", "theme", "customCSS", "footerText"];
const flags = ["showTags", "showPoweredBy", "showCertificateExpiry"];
const later = ["autoRefreshInterval", "rssTitle", "analyticsId", "analyticsScriptUrl", "analyticsType"];
const analytics: readonly Json[] = [null, "google", "umami", "plausible", "matomo"];
const png = "data:image/png;base64,";

export function statusPageHandlers(state: FakeState): Readonly<Record<string, Handler>> {
  return {
    getStatusPage: ([slug]) => ({ ok: true, config: pageJson(state, pageOf(state, slug)) }),
    addStatusPage: ([title = null, slug = null]) => addPage(state, title, slug),
    saveStatusPage: (args) => savePage(state, args),
    deleteStatusPage: ([slug]) => {
      const page = state.pages.find(({ settings }) => settings["slug"] === slug);
      if (page === undefined) throw new Error("Status Page is not found");
      state.pages = state.pages.filter((other) => other !== page);
      for (const row of state.maintenances.values()) row.statusPages = row.statusPages.filter((id) => id !== page.id);
      if (state.entryPage === `statusPage-${textOf(slug)}`) {
        state.entryPage = "dashboard";
        state.settings["entryPage"] = "dashboard";
      }
      return { ok: true };
    },
  };
}

export function statusPageListJson(state: FakeState): JsonObject {
  return Object.fromEntries(state.pages.map((page) => [String(page.id), pageJson(state, page)]));
}

/** Undefined: never answered. */
export function publicPageJson(state: FakeState, slug: string): { status: number; body: Json } | undefined {
  const page = state.pages.find(({ settings }) => settings["slug"] === slug.toLowerCase());
  if (page === undefined) {
    return state.traits.isOld ? undefined : { status: 404, body: { status: "fail", msg: "Status Page Not Found" } };
  }
  const { id: _1, domainNameList: _2, ...config } = pageJson(state, page);
  const publicGroupList = page.groups.map(({ id, name, monitors }, index) => ({
    id,
    name,
    weight: index + 1,
    monitorList: monitors.flatMap((shown) => shownJson(state, shown)),
  }));
  return { status: 200, body: { config, incidents: [], publicGroupList, maintenanceList: [] } };
}

function shownJson(state: FakeState, { id, sendUrl, url }: PageGroup["monitors"][number]): JsonObject[] {
  const row = state.monitors.get(id);
  if (row === undefined) return [];
  const about = { id, name: row["name"] ?? null, sendUrl: Number(sendUrl), type: row["type"] ?? null };
  return [{ ...about, ...(sendUrl ? { url: url ?? row["url"] ?? null } : {}) }];
}

function pageOf(state: FakeState, slug: Json | undefined): FakePage {
  const page = state.pages.find(({ settings }) => settings["slug"] === slug);
  if (page === undefined) throw new Error("No slug?");
  return page;
}

function pageJson({ traits }: FakeState, { id, settings, icon, domains }: FakePage): JsonObject {
  const isLate = isAtLeast(traits.release, [2, 1, 0]);
  const names = [...texts, ...(isLate ? later : ["googleAnalyticsId"])];
  const switches = [...flags, ...(isLate ? ["showOnlyLastHeartbeat"] : [])];
  return {
    id,
    ...Object.fromEntries(names.map((name) => [name, settings[name] ?? null])),
    ...Object.fromEntries(switches.map((name) => [name, Boolean(settings[name])])),
    icon: icon === "" ? "/icon.svg" : icon,
    published: true,
    domainNameList: domains,
  };
}

function addPage(state: FakeState, title: Json, slug: Json): JsonObject {
  const trimmed = textOf(title).trim();
  const wanted = textOf(slug).trim().toLowerCase();
  if (trimmed === "" || wanted === "" || title === null || slug === null) throw new Error("Please input all fields");
  assertSlug(wanted);
  const settings = { slug: wanted, title: trimmed, theme: "auto", autoRefreshInterval: 300, showPoweredBy: true };
  assertUnique(state, wanted, undefined);
  state.pages = [...state.pages, { id: ++state.pageIds.page, settings, icon: "", domains: [], groups: [] }];
  return state.traits.isOld ? { ok: true, msg: "OK!" } : { ok: true, msg: "successAdded", msgi18n: true, slug: wanted };
}

/** In the order of the server, which keeps what it has done when it stumbles. */
function savePage(state: FakeState, [slug, config = null, icon = null, groups = null]: readonly Json[]): JsonObject {
  const { traits } = state;
  const page = pageOf(state, slug);
  if (!isJsonObject(config)) throw new TypeError("Cannot read properties of null (reading 'slug')");
  assertSlug(config["slug"]);
  if (typeof icon !== "string") throw new TypeError("Cannot read properties of null (reading 'startsWith')");
  const logo = storeIcon(state, page, icon);
  const { analyticsType } = config;
  const known = isAtLeast(traits.release, [2, 5, 0]) ? [...analytics, "rybbit"] : analytics;
  if (isAtLeast(traits.release, [2, 1, 0]) && (analyticsType === undefined || !known.includes(analyticsType))) {
    throw new Error("Invalid analytics type");
  }
  assertUnique(state, config["slug"], page);
  for (const name of [...texts, ...flags, ...later, "showOnlyLastHeartbeat", "googleAnalyticsId"]) {
    if (config[name] !== undefined) page.settings[name] = config[name];
  }
  // The npm package sets the wrong one of two names, and saves nothing.
  if (logo !== undefined) page.icon = logo;
  else if (traits.version !== "2.0.0-dev.0") page.icon = icon;
  else if (typeof config["logo"] === "string") page.icon = config["logo"];
  page.domains = storeDomains(state, page, config["domainNameList"]);
  if (!Array.isArray(groups)) throw new TypeError("publicGroupList is not iterable");
  const saved = (groups as readonly JsonObject[]).map((group) => saveGroup(state, page, group));
  page.groups = saved;
  if (state.entryPage === `statusPage-${textOf(slug)}` && config["slug"] !== slug) {
    state.entryPage = `statusPage-${textOf(config["slug"])}`;
    state.settings["entryPage"] = state.entryPage;
  }
  return {
    ok: true,
    publicGroupList: (groups as readonly JsonObject[]).map((group, index) => ({ ...group, id: saved[index]?.id ?? 0 })),
  };
}

/** The address of an uploaded picture; undefined for an address. */
function storeIcon(state: FakeState, { id }: FakePage, icon: string): string | undefined {
  if (!icon.startsWith("data:")) return undefined;
  if (!icon.startsWith(png)) throw new Error("Only allowed PNG logo.");
  const path = `/upload/logo${id}.png`;
  state.uploads.set(path, Buffer.from(icon.slice(png.length), "base64"));
  return `${path}?t=${++state.pageIds.upload}`;
}

function storeDomains(state: FakeState, page: FakePage, names: Json | undefined): readonly string[] {
  if (!Array.isArray(names)) throw new Error("Invalid array");
  const wanted = (names as readonly Json[]).map((name) => {
    if (typeof name !== "string") throw new Error("Invalid domain");
    return name;
  });
  const kept = wanted.filter((name) => name.trim() !== "");
  for (const other of state.pages) {
    if (other !== page) other.domains = other.domains.filter((name) => !kept.includes(name));
  }
  return kept;
}

function saveGroup(state: FakeState, page: FakePage, group: JsonObject): PageGroup {
  const id = group["id"] ? Number(group["id"]) : ++state.pageIds.group;
  const known = page.groups.find((other) => other.id === id);
  if (group["id"] && known === undefined) {
    throw new TypeError("Cannot set properties of null (setting 'status_page_id')");
  }
  const saved: PageGroup = known ?? { id, name: "", monitors: [] };
  saved.name = textOf(group["name"]);
  saved.monitors = [];
  if (known === undefined) page.groups = [...page.groups, saved];
  for (const monitor of group["monitorList"] as readonly JsonObject[]) {
    const monitorId = Number(monitor["id"]);
    if (!state.monitors.has(monitorId)) {
      const reason = "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed";
      throw sqlError("monitor_group", { group_id: id, monitor_id: monitorId }, reason);
    }
    const url = state.traits.isOld || monitor["url"] === undefined ? null : textOf(monitor["url"]);
    saved.monitors = [...saved.monitors, { id: monitorId, sendUrl: Boolean(monitor["sendUrl"]), url }];
  }
  return saved;
}

function assertSlug(slug: Json | undefined): void {
  if (typeof slug !== "string") throw new Error("Slug must be string");
  if (slug.trim() === "") throw new Error("Slug cannot be empty");
  if (!/^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/u.test(slug.trim())) throw new Error("Invalid Slug");
}

function assertUnique({ pages }: FakeState, slug: Json | undefined, page: FakePage | undefined): void {
  if (!pages.some((other) => other !== page && other.settings["slug"] === slug)) return;
  const row = { slug: slug ?? null };
  throw sqlError("status_page", row, "SQLITE_CONSTRAINT: UNIQUE constraint failed: status_page.slug");
}
