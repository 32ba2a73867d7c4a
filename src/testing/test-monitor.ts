/** Runs one monitor's tests and its experiment, by the rules of a server and without one. */
import type { DeclaredEntity } from "../config/config.ts";
import { askedQuery } from "../config/asked-query.ts";
import { findingFor, isHidden, isWithheld } from "../config/entity-finding.ts";
import { queryCodes } from "../config/rules/query-codes.ts";
import type { MonitorTest } from "../config/sections/monitor-tests.ts";
import { isComputedFromSecret } from "../secrets/computed-message.ts";
import { shownForSecret } from "../secrets/secret.ts";
import type { Finding } from "../model/finding.ts";
import { parseJson, type Json, type JsonObject } from "../model/json.ts";
import { clip } from "../model/clip.ts";
import { isAcceptedStatus } from "../probe/http/accepted-status.ts";
import { isPassed, type ExperimentCounts, type TestedMonitor, type TestResult } from "../model/tested-monitor.ts";
import { shownStatus, type Judgement, type QueryRule } from "../query/check.ts";
import type {
  ExperimentFinding,
  ExperimentReport,
  ExperimentSetup,
  Tally,
} from "../query/experiment/experiment-report.ts";
import type { Sample } from "../query/experiment/experiment-case.ts";
import { experiment } from "../query/experiment/experiment.ts";
import { keywordExperiment } from "../query/experiment/keyword-experiment.ts";
import { searchDocuments } from "../query/experiment/search-documents.ts";
import { keywordVerdict } from "../query/keyword.ts";
import type { QueryLab } from "../query/lab.ts";
import { lintQuery } from "../query/lint/lint-query.ts";

/** UTF-16 units of a message about a response from a file: enough to see what is wrong. */
const longestFromFile = 80;
/** The same behind "Uptime Kuma 2.5.3 says: ". */
const longestWhy = longestFromFile + 30;

const placeholderWords = "tested with a placeholder";
const placeholderHint = "no secret is read: --with-secrets tests it with the value";

export interface TestInput {
  readonly entity: DeclaredEntity;
  /** Canonical. */
  readonly spec: JsonObject;
  /** A healthy response: the one that is written, one that was just asked for, or one that is built in. */
  readonly sample: Sample | undefined;
  /** Responses that are known to be bad. */
  readonly badSamples?: ExperimentSetup["badSamples"];
  /** Whether real answers may have fields that the sample lacks: they are not reported then. */
  readonly hasOtherShapes?: boolean;
  /** The sample is built in and the query the user's own, which may ask for what only the real answer has. */
  readonly isGuess?: boolean;
  /** At least one Uptime Kuma version; the first is reported on, the others are compared with it. */
  readonly servers: readonly [string, ...string[]];
  readonly lab: QueryLab;
  /** Now, in milliseconds since 1970. */
  readonly clock: number;
}

/** Whether a response's body decides if the monitor is up. */
export function isTestable({ kind, variant: { type }, written }: DeclaredEntity): boolean {
  if (kind !== "monitor") return false;
  if (type === "json-query" || type === "keyword") return true;
  return (type === "mqtt" || type === "mongodb") && "jsonPath" in written && askedQuery(type, written).isCompared;
}

export async function testMonitor(input: TestInput): Promise<TestedMonitor> {
  const { entity } = input;
  const run = await runTests(input);
  const tested = await (entity.variant.type === "keyword" ? experimentWithKeyword(input) : experimentWithQuery(input));
  return {
    key: entity.key,
    name: entity.name,
    tests: run.results,
    ...(tested.counts === undefined ? {} : { experiment: tested.counts }),
    findings: [...run.findings, ...tested.findings],
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
    all.map(({ test, server }) => ({ body: test.body, server, clock: test.at ?? momentOf(input) })),
  );
  const results = all.map(({ test, server }, index): TestResult => {
    const outcome = outcomes[index] as Judgement;
    const status = shownStatus(outcome, input.spec["upsideDown"] === true);
    const isSecret = isHidden(entity, test.pointer) || holdsSecret(entity);
    const text = test.isFromFile ? clip(outcome.message, longestFromFile) : outcome.message;
    const message = isSecret ? shownForSecret : text;
    return { name: test.name, server, expect: test.expect, status, message };
  });
  const findings = all.flatMap(({ test }, index) => {
    const result = results[index] as TestResult;
    return isPassed(result) ? [] : [failure(entity, test, result)];
  });
  return { results, findings };
}

/** The time of the sample: its `at`, or now. */
function momentOf({ entity, clock }: TestInput): number {
  return entity.tests?.sample?.at ?? clock;
}

/** What the experiment needs beside the sample and the rule. */
function setupOf(input: TestInput): Pick<ExperimentSetup, "isUpsideDown" | "clock" | "acceptsStatus"> {
  const { spec } = input;
  const codes = spec["acceptedStatusCodes"];
  const isOverHttp = spec["type"] === "json-query" || spec["type"] === "keyword";
  return {
    isUpsideDown: spec["upsideDown"] === true,
    clock: momentOf(input),
    ...(isOverHttp && Array.isArray(codes)
      ? { acceptsStatus: (status) => isAcceptedStatus(status, codes.map(String)) }
      : {}),
  };
}

/** One outcome for each body, in order. */
async function judgeAll(
  { entity, spec, lab }: TestInput,
  responses: readonly { readonly body: string; readonly server: string; readonly clock: number }[],
): Promise<readonly Judgement[]> {
  if (entity.variant.type !== "keyword") return lab.run(responses.map((one) => ({ ...one, ...ruleOf(spec) })));
  const keyword = textOf(spec["keyword"]);
  return responses.map(({ body }) => keywordVerdict({ body, keyword, isInverted: spec["invertKeyword"] === true }));
}

function failure(
  entity: DeclaredEntity,
  test: MonitorTest,
  { name, server, expect, status, message }: TestResult,
): Finding {
  const isPlaceholder = isWithheld(entity, test.pointer) || isTestedWithheld(entity);
  return findingFor(entity, {
    code: "KS1551",
    severity: "error",
    message: `"${name}" should be ${expect} and is ${status === "killed" ? "stopped" : status}${isPlaceholder ? `, ${placeholderWords}` : ""}`,
    pointer: `${test.pointer}/expect`,
    ...(isPlaceholder ? { hint: placeholderHint } : {}),
    ...(message === shownForSecret ? {} : { why: `Uptime Kuma ${server} says: ${message}` }),
  });
}

interface Experiment {
  readonly counts?: ExperimentCounts;
  readonly findings: readonly Finding[];
}

/** Without a sample there is no experiment: any response without the keyword is down. */
async function experimentWithKeyword(input: TestInput): Promise<Experiment> {
  const { entity, servers, spec, sample, badSamples = [] } = input;
  if (sample === undefined) return { findings: [] };
  const report = await keywordExperiment({
    keyword: textOf(spec["keyword"]),
    isInverted: spec["invertKeyword"] === true,
    ...setupOf(input),
    sample,
    badSamples,
    servers,
  });
  return experimentOf(
    entity,
    report,
    findingsOf(report, input).map((finding) => toFinding(entity, "/keyword", finding)),
  );
}

async function experimentWithQuery(input: TestInput): Promise<Experiment> {
  const { entity, spec, sample, badSamples = [], servers, lab } = input;
  const rule = ruleOf(spec);
  const setup = setupOf(input);
  if (sample === undefined) {
    const { isUpsideDown = false, clock } = setup;
    const { findings } = await searchDocuments(lab, { ...rule, isUpsideDown, clock, server: servers[0] });
    return { findings: findings.map((finding) => toFinding(entity, "/jsonPath", finding)) };
  }
  const report = await experiment(lab, { ...rule, ...setup, servers, sample, badSamples });
  const { hasOtherShapes = false } = input;
  const unknown = hasOtherShapes ? [] : await unknownFields(entity, rule, { body: sample.body, servers });
  return experimentOf(entity, report, [
    ...unknown,
    ...findingsOf(report, input).map((finding) => toFinding(entity, "/jsonPath", finding)),
  ]);
}

/** A built-in sample that does not pass proves nothing: the real answer may differ. */
function findingsOf({ findings }: ExperimentReport, { isGuess = false }: TestInput): readonly ExperimentFinding[] {
  if (!isGuess) return findings;
  return findings.map((finding) =>
    finding.rule === "sample-is-down" || finding.rule === "uncomparable-result"
      ? {
          ...finding,
          severity: "warning",
          hint: "if the query is right, write a real answer under sample: this one is built in",
        }
      : finding,
  );
}

function experimentOf(entity: DeclaredEntity, report: ExperimentReport, findings: readonly Finding[]): Experiment {
  if (!report.passes) return { findings };
  const { missed, seen, falseAlarms, watched, blind } = report;
  // Made of the names of members, which a sample that is a secret holds too.
  const shownPaths = (paths: readonly string[]): readonly string[] =>
    holdsSecret(entity) ? paths.map(() => shownForSecret) : paths;
  const counts: ExperimentCounts = {
    dead: { count: missed.total - missed.names.length, total: missed.total },
    faults: countOf(seen),
    falseAlarms: countOf(falseAlarms),
    watched: shownPaths(watched),
    blind: shownPaths(blind),
  };
  return { counts, findings };
}

function countOf({ total, names }: Tally): { readonly count: number; readonly total: number } {
  return { count: names.length, total };
}

/** Only a sample shows which fields there are; `validate` reports everything else about the text. */
async function unknownFields(
  entity: DeclaredEntity,
  rule: QueryRule,
  { body, servers }: { readonly body: string; readonly servers: readonly string[] },
): Promise<readonly Finding[]> {
  const sample = parseJson(body);
  if (sample === undefined) return [];
  const found = await lintQuery({
    text: rule.query,
    operator: rule.operator,
    expected: rule.expected,
    servers,
    sample,
  });
  return found
    .filter((finding) => finding.rule === "unknown-field")
    .map(({ start, end, ...finding }) => toFinding(entity, "/jsonPath", { ...finding, range: [start, end] }));
}

type QueryFinding = Omit<ExperimentFinding, "rule"> & {
  readonly rule: keyof typeof queryCodes;
  readonly range?: readonly [number, number];
};

/** Messages quote the query and the response. Of a query that holds a secret, only the title of the code is reported. */
function toFinding(entity: DeclaredEntity, pointer: string, found: QueryFinding): Finding {
  const { rule, severity, message, hint, why, range } = found;
  const isSecret = holdsSecret(entity);
  const isWritten = Object.hasOwn(entity.written, pointer.slice(1));
  return findingFor(entity, {
    code: queryCodes[rule],
    severity,
    message: isTestedWithheld(entity)
      ? `the experiment found something about this query, ${placeholderWords}`
      : isSecret
        ? "the experiment found something about this query, which holds a secret"
        : message,
    pointer: isWritten ? pointer : "",
    ...(range === undefined || !isWritten ? {} : { range }),
    ...(isTestedWithheld(entity) ? { hint: placeholderHint } : isSecret || hint === undefined ? {} : { hint }),
    ...(isSecret || why === undefined ? {} : { why: entity.tests?.isFromFile === true ? clip(why, longestWhy) : why }),
  });
}

/** What a test or the experiment depends on, beside the response of a test. */
const testedPlaces = ["/jsonPath", "/expectedValue", "/keyword", "/sample"] as const;

function isTestedWithheld(entity: DeclaredEntity): boolean {
  return testedPlaces.some((pointer) => isWithheld(entity, pointer));
}

function holdsSecret(entity: DeclaredEntity): boolean {
  return isHidden(entity, "/sample") || isComputedFromSecret((pointer) => isHidden(entity, pointer));
}

function ruleOf(spec: JsonObject): QueryRule {
  return {
    query: textOf(spec["jsonPath"]),
    operator: textOf(spec["jsonPathOperator"]),
    expected: textOf(spec["expectedValue"]),
    askedBy: askedQuery(textOf(spec["type"]) ?? undefined, spec).askedBy,
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
