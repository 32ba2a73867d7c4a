/** What `pages-and-maintenance.both.test.ts` changes: at least one value of every field. */
import type { JsonObject } from "../../src/model/json.ts";
import type { Release } from "../../src/model/release.ts";

/** In every name and slug, so that runs on one server do not meet. */
export const prefix = `pm${process.pid}`;

const timeRange = "22:00-02:00";

/** Fields to write, and since when servers have them. */
export type Change = JsonObject & { readonly since?: Release };

/** Each is laid over `base` alone, and undone by the next. Gives the one field that must be seen to differ. */
export const pageChanges: readonly Change[] = [
  { title: "Changed" },
  { description: "**new**" },
  { icon: "https://example.com/logo.png" },
  { icon: "${file:red.png}" },
  { icon: "${file:grey.png}" },
  { theme: "dark" },
  { autoRefreshInterval: 60, since: [2, 1, 0] },
  { showTags: true },
  { showPoweredBy: false },
  { showCertificateExpiry: true },
  { showOnlyLastHeartbeat: true, since: [2, 1, 0] },
  { slug: `${prefix}-renamed` },
  { domainNames: [`b.${prefix}.example.com`, `a.${prefix}.example.com`] },
  { customCSS: "body { color: red; }\n" },
  { footerText: "Foot" },
  { rssTitle: "Feed", since: [2, 1, 0] },
  { groups: [{ name: "Second", monitors: ["api", "shop"] }] },
  { groups: [] },
  {
    groups: [
      { name: "Same", monitors: ["api"] },
      { name: "Same", monitors: ["shop", { name: `${prefix} api` }] },
    ],
  },
  { groups: [{ name: "Links", monitors: [{ monitor: "api", url: "https://example.com/" }] }], since: [2, 0, 0] },
];

/** These need each other. */
export const analytics: readonly (JsonObject & { readonly since?: Release })[] = [
  { analyticsType: "google", analyticsId: "G-1" },
  {
    analyticsType: "umami",
    analyticsId: "site",
    analyticsScriptUrl: "https://stats.example.com/script.js",
    since: [2, 1, 0],
  },
];

export const maintenanceChanges: readonly { readonly key: string; readonly fields: JsonObject }[] = [
  { key: "upgrade", fields: { description: "Down for a while" } },
  { key: "upgrade", fields: { title: `${prefix} renamed` } },
  { key: "upgrade", fields: { start: "2030-01-31T21:30" } },
  { key: "upgrade", fields: { end: "2030-02-01 03:00:30" } },
  { key: "upgrade", fields: { timezone: "Asia/Tokyo" } },
  { key: "upgrade", fields: { active: false } },
  { key: "upgrade", fields: { monitors: ["shop"] } },
  { key: "upgrade", fields: { monitors: [] } },
  { key: "upgrade", fields: { statusPages: ["main", "other"] } },
  { key: "upgrade", fields: { statusPages: [] } },
  { key: "backups", fields: { weekdays: ["mon", "wed"] } },
  { key: "backups", fields: { timeRange: "03:00 - 04:30" } },
  { key: "backups", fields: { start: "2030-01-01 00:00" } },
  { key: "now", fields: { active: true } },
];

/** In this order on one and the same maintenance. */
export const strategies: readonly JsonObject[] = [
  { strategy: "manual" },
  { strategy: "recurring-interval", intervalDays: 14, timeRange },
  { strategy: "recurring-interval", intervalDays: 3, timeRange },
  { strategy: "recurring-day-of-month", daysOfMonth: ["last", 15, 1], timeRange },
  { strategy: "cron", cron: "30 3 * * sun", duration: "90m" },
  { strategy: "cron", cron: "0 30 3 * * 1-5", duration: "2h", start: "2030-01-01 00:00", end: "2031-01-01 00:00" },
  { strategy: "single", start: "2030-05-01 00:00", end: "2030-05-02 00:00" },
  { strategy: "recurring-weekday", weekdays: ["mon"], timeRange, active: false },
  { strategy: "manual", active: true },
];

export const settingsChanges: readonly Change[] = [
  { primaryBaseURL: "https://status.example.com" },
  { serverTimezone: "Europe/Berlin" },
  { serverTimezone: "UTC" },
  { keepDataPeriodDays: 0 },
  { checkUpdate: false },
  { checkBeta: true },
  { searchEngineIndex: true },
  { entryPage: `${prefix}-main` },
  { tlsExpiryNotifyDays: [30, 5] },
  { domainExpiryNotifyDays: [14], since: [2, 1, 0] },
  { nscd: false },
  { chromeExecutable: "/usr/bin/none" },
  { steamAPIKey: "abc" },
  { globalpingApiToken: "abc", since: [2, 1, 0] },
  { trustProxy: true, allowRisky: ["trustProxy"] },
];
