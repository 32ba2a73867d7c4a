/** One monitor's tests and its experiment, judged by the server's rules without a server. */
import type { WrittenEntity } from "../config/config.ts";
import { findingFor, isHidden } from "../config/entity-finding.ts";
import { queryCodes } from "../config/query-codes.ts";
import type { MonitorTest } from "../config/monitor-tests.ts";
import type { Finding } from "../model/finding.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isPassed, type ExperimentCounts, type TestedMonitor, type TestResult } from "../output/tested-monitor.ts";
import { shownStatus, type Outcome, type QueryRule } from "../query/check.ts";
import type { ExperimentFinding, Tally } from "../query/experiment/experiment-report.ts";
import type { Sample } from "../query/experiment/experiment-case.ts";
import { experiment } from "../query/experiment/experiment.ts";
import { searchDocuments } from "../query/experiment/search-documents.ts";
import { keywordVerdict } from "../query/keyword.ts";
import type { QueryLab } from "../query/lab.ts";
import { lintQuery } from "../query/lint/lint-query.ts";

export interface TestInput {
  readonly entity: WrittenEntity;
  /** Canonical. */
  readonly spec: JsonObject;
  /** A healthy response: the one that is written, or one that was just asked for. */
  readonly sample: Sample | undefined;
  /** At least one Uptime Kuma version; the first is reported on, the others are compared with it. */
  readonly servers: readonly [string, ...string[]];
  readonly lab: QueryLab;
  /** Milliseconds since 1970. */
  readonly clock: number;
}

/** Whether there is anything about a monitor of this type that can be told from a response's body. */
export function isTestable({ kind, variant: { type } }: WrittenEntity): boolean {
  return kind === "monitor" && (type === "json-query" || type === "keyword");
}

export async function testMonitor(input: TestInput): Promise<TestedMonitor> {
  const { entity } = input;
  const run = await runTests(input);
  const tried = await (entity.variant.type === "keyword" ? tryKeyword(input) : tryQuery(input));
  return {
    key: entity.key,
    name: entity.name,
    tests: run.results,
    ...(tried.counts === undefined ? {} : { experiment: tried.counts }),
    findings: [...run.findings, ...tried.findings],
  };
}

async function runTests(
  input: TestInput,
): Promise<{ readonly results: readonly TestResult[]; readonly findings: readonly Finding[] }> {
  const { entity, servers } = input;
  const all = (entity.tests?.tests ?? []).flatMap((test) =>
    (test.server === undefined ? servers : [test.server]).map((server) => ({ test, server })),
  );
  const outcomes = await judgeAll(
    input,
    all.map(({ test, server }) => ({ body: test.body, server })),
  );
  const results = all.map(({ test, server }, index): TestResult => {
    const outcome = outcomes[index] as Outcome;
    const status = shownStatus(outcome, input.spec["upsideDown"] === true);
    return { name: test.name, server, expect: test.expect, status, message: outcome.message };
  });
  const findings = all.flatMap(({ test }, index) => {
    const result = results[index] as TestResult;
    return isPassed(result) ? [] : [failure(entity, test, result)];
  });
  return { results, findings };
}

/** One outcome for each body, in order. */
async function judgeAll(
  { entity, spec, lab, clock }: TestInput,
  responses: readonly { readonly body: string; readonly server: string }[],
): Promise<readonly Outcome[]> {
  if (entity.variant.type !== "keyword") return lab.run(responses.map((one) => ({ ...one, ...ruleOf(spec), clock })));
  const keyword = textOf(spec["keyword"]);
  return responses.map(({ body }) => keywordVerdict({ body, keyword, isInverted: spec["invertKeyword"] === true }));
}

function failure(
  entity: WrittenEntity,
  test: MonitorTest,
  { name, server, expect, status, message }: TestResult,
): Finding {
  const isSecret = isHidden(entity, test.pointer) || holdsSecret(entity);
  return findingFor(entity, {
    code: "KS1551",
    severity: "error",
    message: `"${name}" should be ${expect} and is ${status === "killed" ? "stopped" : status}`,
    pointer: `${test.pointer}/expect`,
    ...(isSecret ? {} : { why: `Uptime Kuma ${server} says: ${message}` }),
  });
}

interface Tried {
  readonly counts?: ExperimentCounts;
  readonly findings: readonly Finding[];
}

/** A keyword has no experiment: whatever lacks the text is down. Only whether the sample passes is to be seen. */
async function tryKeyword(input: TestInput): Promise<Tried> {
  const { entity, servers, spec, sample } = input;
  if (sample === undefined) return { findings: [] };
  const [outcome] = await judgeAll(input, [{ body: sample.body, server: servers[0] }]);
  if (outcome === undefined || shownStatus(outcome, spec["upsideDown"] === true) === "up") return { findings: [] };
  const why = `Uptime Kuma ${servers[0]} says: ${outcome.message}`;
  const message = "the healthy sample is down: the monitor cannot pass";
  return { findings: [toFinding(entity, "/keyword", { rule: "E4", severity: "error", message, why })] };
}

async function tryQuery(input: TestInput): Promise<Tried> {
  const { entity, spec, sample, servers, lab, clock } = input;
  const rule = ruleOf(spec);
  const isUpsideDown = spec["upsideDown"] === true;
  if (sample === undefined) {
    const { findings } = await searchDocuments(lab, { ...rule, isUpsideDown, clock, server: servers[0] });
    return { findings: findings.map((finding) => toFinding(entity, "/jsonPath", finding)) };
  }
  const report = await experiment(lab, { ...rule, isUpsideDown, clock, servers, sample });
  const unknown = await unknownFields(entity, rule, { body: sample.body, servers });
  const findings = [...unknown, ...report.findings.map((finding) => toFinding(entity, "/jsonPath", finding))];
  if (!report.passes) return { findings };
  const { missed, seen, falseAlarms, watched, blind } = report;
  const counts: ExperimentCounts = {
    dead: { count: missed.total - missed.names.length, total: missed.total },
    faults: countOf(seen),
    falseAlarms: countOf(falseAlarms),
    watched,
    blind,
  };
  return { counts, findings };
}

function countOf({ total, names }: Tally): { readonly count: number; readonly total: number } {
  return { count: names.length, total };
}

/** Only a sample tells which fields there are; everything else that can be said of the text, `validate` says. */
async function unknownFields(
  entity: WrittenEntity,
  rule: QueryRule,
  { body, servers }: { readonly body: string; readonly servers: readonly string[] },
): Promise<readonly Finding[]> {
  const sample = parse(body);
  if (sample === undefined) return [];
  const found = await lintQuery({
    text: rule.query,
    operator: rule.operator,
    expected: rule.expected,
    servers,
    sample,
  });
  return found
    .filter((finding) => finding.rule === "W1")
    .map(({ start, end, ...finding }) => toFinding(entity, "/jsonPath", { ...finding, range: [start, end] }));
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

type Said = Omit<ExperimentFinding, "rule"> & {
  readonly rule: keyof typeof queryCodes;
  readonly range?: readonly [number, number];
};

/** Words quote the query and the response; of a query that holds a secret only the code's title is said. */
function toFinding(entity: WrittenEntity, pointer: string, said: Said): Finding {
  const { rule, severity, message, hint, why, range } = said;
  const isSecret = holdsSecret(entity);
  const isWritten = Object.hasOwn(entity.written, pointer.slice(1));
  return findingFor(entity, {
    code: queryCodes[rule],
    severity,
    message: isSecret ? "the experiment found something about this query, which holds a secret" : message,
    pointer: isWritten ? pointer : "",
    ...(range === undefined || !isWritten ? {} : { range }),
    ...(isSecret || hint === undefined ? {} : { hint }),
    ...(isSecret || why === undefined ? {} : { why }),
  });
}

function holdsSecret(entity: WrittenEntity): boolean {
  return ["/jsonPath", "/expectedValue", "/keyword", "/sample"].some((pointer) => isHidden(entity, pointer));
}

function ruleOf(spec: JsonObject): QueryRule {
  return {
    query: textOf(spec["jsonPath"]),
    operator: textOf(spec["jsonPathOperator"]),
    expected: textOf(spec["expectedValue"]),
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
