/** A drill in JUnit's XML: one suite for each monitor, one case for each variant. */
import { drillProblems, type DrilledMonitor, type DrillProblem } from "../../model/drilled-monitor.ts";
import type { DrillData } from "../../model/report-data.ts";
import { drillProblemText } from "../words/drill.ts";
import { junitDocument, type Case } from "./document.ts";

export function junitOfDrill({ monitors }: DrillData): string {
  return junitDocument(monitors.map((monitor) => ({ name: monitor.key, cases: casesOf(monitor) })));
}

function casesOf(monitor: DrilledMonitor): readonly Case[] {
  const { skipped, variants } = monitor;
  if (skipped !== undefined) return [{ name: "drill", skipped }];
  const problems = drillProblems(monitor);
  const textOf = (own: readonly DrillProblem[]): Pick<Case, "failure"> =>
    own.length === 0 ? {} : { failure: own.map((problem) => drillProblemText(problem, monitor)).join("\n") };
  return [
    { name: "goes up, and somebody is notified", ...textOf(problems.filter((problem) => !("variant" in problem))) },
    ...variants.map(({ name, expect }): Case => {
      const own = problems.filter((problem) => "variant" in problem && problem.variant === name);
      return { name: `${expect === "down" ? "goes down" : "stays up"}: ${name}`, ...textOf(own) };
    }),
  ];
}
