import type { Plan, Step } from "../../src/model/plan.ts";
import { at, created, deleted, planOf, updated } from "./sample-plan.ts";

const body = (model: string): string =>
  JSON.stringify({ model, messages: [{ role: "user", content: "Say ok" }], max_tokens: 3, stream: false }, null, 2);

const shown = (key: string) => ({ monitor: `monitor/${key}`, sendUrl: false, url: null });

/** One of everything: each action, each cause, what is lost, and what it costs. */
export const richPlan: Plan = planOf(
  [
    {
      key: "tag/team",
      kind: "tag",
      name: "team",
      dependsOn: [],
      action: "create",
      changes: [{ path: "/color", sensitive: false, after: "#2563EB" }],
      at: at(60),
    },
    {
      ...updated(
        "api",
        [
          { path: "/interval", sensitive: false, before: 60, after: 30, cause: "file" },
          { path: "/maxRetries", sensitive: false, before: 5, after: 3, cause: "server" },
          { path: "/retryInterval", sensitive: false, before: 20, after: 30, cause: "both" },
          { path: "/resendInterval", sensitive: false, before: 0, after: 10, cause: "default" },
          { path: "/basicAuthPass", sensitive: true },
          { path: "/expectedValue", sensitive: false, before: "true", after: 'he said "yes"' },
          { path: "/parent", sensitive: false, before: null, after: "monitor/edge" },
          {
            path: "/notifications",
            sensitive: false,
            before: [],
            after: ["notification/oncall", { name: "Made by hand" }],
          },
          { path: "/headers/X-Team", sensitive: false, before: "a" },
          { path: "/headers/Accept: any", sensitive: false, after: "b" },
          {
            path: "/url",
            sensitive: false,
            before: `https://api.example/${"very/".repeat(20)}v1`,
            after: `https://api.example/${"very/".repeat(20)}v2`,
          },
          { path: "/body", sensitive: false, before: body("gpt-4o"), after: body("gpt-4o-mini") },
        ],
        12,
      ),
      name: "Checkout API",
    },
    {
      ...created(
        "refunds",
        [
          { path: "/name", sensitive: false, after: "Refunds 日本 🦄" },
          { path: "/type", sensitive: false, after: "http" },
          { path: "/tags", sensitive: false, after: [{ tag: "tag/team", value: "core" }] },
          { path: "/headers", sensitive: true },
          {
            path: "/body",
            sensitive: false,
            after: Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join("\n"),
          },
          { path: "/acceptedStatusCodes", sensitive: false, after: ["200-299", "301"] },
          { path: "/interval", sensitive: false, after: 60, isDefault: true },
          { path: "/maxRetries", sensitive: false, after: 0, isDefault: true },
        ],
        41,
      ),
      name: "Refunds 日本 🦄",
    },
    {
      key: "notification/slack",
      kind: "notification",
      name: "Slack",
      dependsOn: [],
      action: "adopt",
      id: 4,
      changes: [],
      at: at(70),
    },
    {
      key: "monitor/cart",
      kind: "monitor",
      dependsOn: [],
      action: "adopt",
      id: 5,
      changes: [{ path: "/interval", sensitive: false, before: 60, after: 20 }],
      at: at(80),
    },
    {
      key: "monitor/checkout",
      kind: "monitor",
      name: "Checkout",
      dependsOn: [],
      action: "move",
      from: "monitor/basket",
      id: 21,
      changes: [],
      at: at(90),
    },
    {
      key: "monitor/search",
      kind: "monitor",
      name: "Search",
      dependsOn: [],
      action: "take-over",
      from: "shop/search",
      id: 22,
      changes: [{ path: "/interval", sensitive: false, before: 30, after: 60 }],
      at: at(95),
    },
    {
      key: "status-page/home",
      kind: "status-page",
      name: "home",
      dependsOn: [],
      action: "update",
      id: 2,
      changes: [
        {
          path: "/groups",
          sensitive: false,
          before: [{ name: "Media", monitors: [shown("plex"), shown("jellyfin")] }],
          after: [{ name: "Media", monitors: [shown("jellyfin"), shown("radarr"), shown("sonarr")] }],
          selected: [
            {
              group: "Media",
              added: [
                { key: "monitor/radarr", by: { tag: { media: "films" }, type: ["http", "keyword"] } },
                { key: "monitor/sonarr", by: "son*" },
              ],
              removed: ["monitor/plex"],
            },
          ],
          cause: "file",
        },
      ],
      at: at(97),
    },
    { key: "monitor/beta", kind: "monitor", name: "Beta", dependsOn: [], action: "retire", id: 23 },
    { key: "monitor/lab", kind: "monitor", name: "Lab", dependsOn: [], action: "release", id: 24 },
    {
      ...deleted("old-api"),
      name: "Old API",
      history: { since: "2024-11-02T08:15:00Z", heartbeats: 590_122 },
    } as Step,
    { ...deleted("older-api"), name: "Older API" },
    { key: "notification/pager", kind: "notification", name: "Pager", dependsOn: [], action: "delete", id: 8 },
  ],
  {
    blockers: [
      {
        code: "KS4001",
        message: "3 objects would be deleted; deleting a monitor permanently erases its history",
        keys: ["monitor/old-api", "monitor/older-api", "notification/pager"],
        waysOn: ["--allow-deletes 3 deletes them", "put them back into the configuration to keep them"],
      },
    ],
    summary: { unchanged: 96, kept: 2, unmanaged: 14, foreign: 3 },
    impact: {
      checksPerMinute: { before: 118, after: 121.4 },
      coverage: [
        { key: "monitor/api", loss: "notification", detail: "pagerduty" },
        { key: "monitor/search", loss: "interval", detail: "30 → 60" },
        { key: "monitor/beta", loss: "paused" },
        { key: "monitor/old-api", loss: "deleted" },
      ],
    },
    cost: {
      before: { requests: 169_920, completions: 288, tokens: 18_432 },
      after: { requests: 174_240, completions: 576, tokens: 36_864 },
      monitors: [
        {
          key: "monitor/api",
          before: { requests: 288, completions: 288, tokens: 18_432 },
          after: { requests: 288, completions: 288, tokens: 18_432 },
        },
        { key: "monitor/refunds", after: { requests: 288, completions: 288, tokens: 18_432 } },
      ],
    },
  },
);
