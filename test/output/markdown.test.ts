import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/output/markdown/render-markdown.ts";
import { renderPlanMarkdown } from "../../src/output/markdown/plan.ts";
import { richPlan } from "./rich-plan.ts";
import { applied, everyRun, failed, findings, findingsData, planData, sources, tested } from "./run-data.ts";
import { many, planOf } from "./sample-plan.ts";

const options = { findings: [], sources };

describe("markdown", () => {
  it("is a readable comment", async () => {
    await expect(renderMarkdown(planData(richPlan, { findings }))).toMatchFileSnapshot("golden/plan.md.golden");
  });

  it("tells what an apply did, what went wrong first", async () => {
    await expect(renderMarkdown(applied)).toMatchFileSnapshot("golden/report.md.golden");
  });

  it("tells findings with their lines", async () => {
    await expect(renderMarkdown(findingsData(findings))).toMatchFileSnapshot("golden/findings.md.golden");
  });

  it("tells what failed in tests, and how a run ended that failed", () => {
    expect(`${renderMarkdown(tested)}\n${renderMarkdown(failed)}`).toMatchInlineSnapshot(`
      "<!-- kuma-sync:payments:test -->
      ### kuma-sync: 1 of 1 monitor failed, 1 of 1 probe down

      - **failed** \`monitor/api\` KS1501 unknown JSONata function "\\$contians"
      - **down** \`monitor/api\` timeout

      ### kuma-sync failed

      nothing answers

      help: is it running?
      "
    `);
  });

  it("is one line below its tag when there is nothing to do", () => {
    expect(renderPlanMarkdown(planOf([], { summary: { unchanged: 102 } }), options)).toBe(
      "<!-- kuma-sync:payments:kuma.example -->\n" +
        "**kuma-sync:** no changes. 102 managed objects match `https://kuma.example`.\n",
    );
  });

  it("is found again by project and target, whatever they are called", () => {
    const plan = planOf(many(1), { project: "a-->b\n:c" });
    const [tag] = renderPlanMarkdown(plan, { ...options, target: "pröd" }).split("\n");
    expect(tag).toBe("<!-- kuma-sync:a%2D%2D%3Eb%0A%3Ac:pr%C3%B6d -->");
  });

  it("opens what cannot be undone, and folds the rest", () => {
    const text = renderMarkdown(planData(richPlan));
    const firstFold = text.indexOf("<details>");
    expect(text.indexOf("#### Blocked")).toBeLessThan(text.indexOf("#### Deletes"));
    expect(text.indexOf("would erase 590,122 heartbeats")).toBeLessThan(firstFold);
    expect(text.split("<details>")).toHaveLength(text.split("</details>").length);
  });

  it("folds ten equal changes into one block", () => {
    const text = renderMarkdown(planData(planOf(many(37))));
    expect(text.match(/<details>/gu)).toHaveLength(1);
    expect(text).toContain("update 37 monitors <code>interval 1m → 30s</code>");
  });

  it("ends each document with a line break and holds nothing that is undefined", () => {
    for (const data of everyRun) {
      expect(renderMarkdown(data)).toMatch(/[^\n]\n$/u);
      expect(renderMarkdown(data)).not.toContain("undefined");
    }
  });
});
