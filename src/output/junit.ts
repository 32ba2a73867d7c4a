/** The results of `test` in the XML that CI systems read. */
import { isPassed, type ProbedMonitor, type TestedMonitor } from "../model/tested-monitor.ts";

/** One suite for each monitor, and one for the probes. `failure` says why a run ended before its tests. */
export function junitReport({
  monitors,
  probes,
  failure,
}: {
  readonly monitors: readonly TestedMonitor[];
  readonly probes: readonly ProbedMonitor[];
  readonly failure?: string;
}): string {
  const suites = [
    ...(failure === undefined ? [] : [suite("kuma-sync", [{ name: "run", failure }])]),
    ...monitors.map((monitor) => suite(monitor.key, casesOf(monitor))),
    ...(probes.length === 0 ? [] : [suite("probe", probes.map(probeCase))]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kuma-sync">\n${suites.join("")}</testsuites>\n`;
}

interface Case {
  readonly name: string;
  readonly failure?: string;
  readonly skipped?: string;
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

function suite(name: string, cases: readonly Case[]): string {
  const count = (key: "failure" | "skipped"): number => cases.filter((one) => one[key] !== undefined).length;
  const numbers = `tests="${cases.length}" failures="${count("failure")}" skipped="${count("skipped")}"`;
  const lines = cases.map((one) => {
    const head = `    <testcase classname="${xml(name)}" name="${xml(one.name)}"`;
    if (one.failure !== undefined) return `${head}>\n      <failure message="${xml(one.failure)}"/>\n    </testcase>\n`;
    if (one.skipped !== undefined) return `${head}>\n      <skipped message="${xml(one.skipped)}"/>\n    </testcase>\n`;
    return `${head}/>\n`;
  });
  return `  <testsuite name="${xml(name)}" ${numbers}>\n${lines.join("")}  </testsuite>\n`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 cannot hold most control characters, not even as references. */
function xml(text: string): string {
  return (
    text
      .replaceAll(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, "\uFFFD")
      .replaceAll(/[&<>"]/g, (character) => entities[character] ?? "")
      .replaceAll("\n", "&#10;")
      // A report in a log must not contain commands for the runner.
      .replaceAll("##[", "##&#91;")
  );
}
