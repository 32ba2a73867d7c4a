import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import type { FieldChange } from "../../../src/model/plan.ts";
import { columnsOf } from "../../../src/output/layout/columns.ts";
import { renderPlan } from "../../../src/output/human/plan.ts";
import { created, planOf } from "../sample-plan.ts";
import { onTerminal } from "../text-options.ts";

const screen = { ...onTerminal, width: 80, isFull: false, ms: 812 };

function field(path: string, after: Json, isDefault = false): FieldChange {
  return { path, sensitive: false, after, ...(isDefault && { isDefault: true }) };
}

const shared = [field("/interval", 60), field("/maxRetries", 3), field("/notifications", ["notification/phone"])];

function http(key: string, ...more: readonly FieldChange[]) {
  const url = field("/url", `http://192.168.1.10:8080/${key}/health`);
  return created(key, [
    field("/type", "http"),
    field("/parent", "monitor/media"),
    ...shared,
    url,
    ...more,
    field("/method", "GET", true),
  ]);
}

/** The first plan of a home server. */
const first = planOf([
  created("media", [field("/type", "group"), ...shared]),
  ...Array.from({ length: 24 }, (_, index) => http(`service-${index}`)),
  http(
    "slow",
    field("/body", {
      model: "llama3",
      messages: [{ role: "user", content: "Answer with OK and nothing else, please." }],
    }),
  ),
  created("nightly", [field("/type", "http"), field("/interval", 86_400), field("/maxRetries", 3)]),
  {
    ...created("home", [
      field("/title", "Home"),
      field("/groups", [
        {
          name: "Media",
          monitors: ["jellyfin", "sonarr"].map((key) => ({ monitor: `monitor/${key}`, sendUrl: false })),
        },
        {
          name: "Network",
          monitors: ["router", "internet"].map((key) => ({ monitor: `monitor/${key}`, sendUrl: false })),
        },
      ]),
    ]),
    key: "status-page/home",
    kind: "status-page",
  },
]);

describe("new objects in a plan", () => {
  it("shows a first plan briefly", async () => {
    await expect(renderPlan(first, screen)).toMatchFileSnapshot("../golden/first-plan.txt");
  });

  it("needs no more than three lines for an object, and fits 80 columns", () => {
    const lines = renderPlan(first, screen).split("\n");
    expect(lines.length).toBeLessThan(first.steps.length * 3);
    expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  it("shows a value that others have in common where an object has another one, or none", () => {
    const text = renderPlan(first, screen);
    expect(text).toContain("27 monitors to create. Unless shown otherwise, each has:");
    expect(text).toMatch(/monitor\/nightly[^+]*interval 1d, notifications \(none\)/u);
  });

  it("says nothing is in common of two objects", () => {
    expect(renderPlan(planOf([http("a"), http("b")]), screen)).not.toContain("Unless shown otherwise");
  });

  it("shows every field with --full", () => {
    const text = renderPlan(first, { ...screen, isFull: true });
    expect(text.match(/^ +interval +1m$/gmu)).toHaveLength(26);
    expect(text).toContain('method          "GET"');
    expect(text).not.toContain("Unless shown otherwise");
  });
});
