/** The results of `test` in the XML that CI systems read. */
import { isPassed, type ProbedMonitor, type TestedMonitor } from "../../model/tested-monitor.ts";
import { junitDocument, type Case, type Suite } from "./document.ts";

/** One suite for each monitor, and one for the probes. */
export function junitReport({
  monitors,
  probes,
}: {
  readonly monitors: readonly TestedMonitor[];
  readonly probes: readonly ProbedMonitor[];
}): string {
  return junitDocument([
    ...monitors.map((monitor): Suite => ({ name: monitor.key, cases: casesOf(monitor) })),
    ...(probes.length === 0 ? [] : [{ name: "probe", cases: probes.map(probeCase) }]),
  ]);
}

/** Of a run that ended before its tests: why. */
export function junitOfFailure(failure: string): string {
  return junitDocument([{ name: "kuma-sync", cases: [{ name: "run", failure }] }]);
}

function casesOf(monitor: TestedMonitor): readonly Case[] {
  const tests = monitor.tests.map((test): Case => {
    const name = `${test.name} (${test.server})`;
    return isPassed(test) ? { name } : { name, failure: `expected ${test.expect}, is ${test.status}: ${test.message}` };
  });
  const errors = monitor.findings.filter(({ severity, code }) => severity === "error" && code !== "KS1551");
  const name = "goes red when it should";
  if (errors.length > 0) {
    return [...tests, { name, failure: errors.map(({ code, message }) => `${code} ${message}`).join("\n") }];
  }
  if (monitor.experiment !== undefined) return [...tests, { name }];
  return tests.length > 0 ? tests : [{ name, skipped: "no sample and no tests" }];
}

function probeCase({ key, status, message }: ProbedMonitor): Case {
  if (status === "skipped") return { name: key, skipped: message };
  return status === "up" ? { name: key } : { name: key, failure: message };
}
