import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { renderAnnotations, renderStepSummary } from "../../src/output/github.ts";
import { richPlan } from "./rich-plan.ts";
import { applied, failed, findings, findingsData, planData, tested } from "./run-data.ts";
import { at, planOf } from "./sample-plan.ts";

function annotate(...list: readonly Finding[]): string {
  return renderAnnotations(findingsData(list));
}

function many(count: number): string[] {
  const finding: Finding = { code: "KS1201", severity: "warning", message: "x" };
  return annotate(...Array.from({ length: count }, () => finding)).split("\n");
}

describe("github", () => {
  it("annotates findings at their places", () => {
    expect(renderAnnotations(findingsData(findings))).toMatchInlineSnapshot(`
      "::error file=monitors.yaml,line=12,col=3,endColumn=9,title=KS1501::unknown JSONata function "$contians"%0Ahelp: did you mean $contains?%0Awhy: JSONata accepts this when it parses
      ::warning file=monitors.yaml,line=20,col=3,endColumn=9,title=KS1404::timeout of 48s leaves no time for a retry%0Afix: write 40s (validate --fix does this)
      ::notice title=KS1008::no configuration file found
      "
    `);
  });

  it("annotates blockers and failed steps where the object is declared", () => {
    expect(renderAnnotations(planData(richPlan))).toMatchInlineSnapshot(`
      "::error title=KS4001::3 objects would be deleted; deleting a monitor permanently erases its history%0AWhat you can do:%0A- --allow-deletes 3 deletes them%0A- put them back into the configuration to keep them
      "
    `);
    expect(renderAnnotations({ ...applied, findings: [] })).toMatchInlineSnapshot(`
      "::error file=monitors.yaml,line=12,col=3,endColumn=9,title=step failed::update monitor/api failed: the server said no%0Ahelp: try again
      ::error file=monitors.yaml,line=60,col=3,endColumn=9,title=not converged::tag/team still differs after the last write: update
      "
    `);
  });

  it("annotates what failed in tests, and a run that ended with an error", () => {
    expect(renderAnnotations(tested) + renderAnnotations(failed)).toMatchInlineSnapshot(`
      "::error file=monitors.yaml,line=12,col=3,endColumn=9,title=KS1501::unknown JSONata function "$contians"%0Ahelp: did you mean $contains?%0Awhy: JSONata accepts this when it parses
      ::error title=down::monitor/api: timeout
      ::error title=kuma-sync::nothing answers%0Ahelp: is it running?
      "
    `);
  });

  it("escapes as the runner unescapes", () => {
    const finding: Finding = {
      code: "KS1201",
      severity: "error",
      message: "50%,\n::error::x",
      at: { ...at(2), file: "a,b:c%.yaml", endLine: 9 },
    };
    expect(annotate(finding)).toBe(
      String.raw`::error file=a%2Cb%3Ac%25.yaml,line=2,title=KS1201::50%25,\n::error::x` + "\n",
    );
  });

  it("shows ten of a level when there are ten, and counts from the tenth when there are more", () => {
    expect(many(10).filter((text) => text.endsWith("::x"))).toHaveLength(10);
    expect(many(11).filter((text) => text.endsWith("::x"))).toHaveLength(9);
    expect(many(11).at(-2)).toContain("2 more");
  });

  it("prints only the summary when there is nothing else", () => {
    const data = planData(planOf([], { summary: { unchanged: 3 } }));
    expect(renderAnnotations(data)).toBe("");
    expect(renderStepSummary(data)).toContain("no changes");
  });
});
