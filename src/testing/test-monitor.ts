/** Runs the tests and the experiment of one monitor by the rules of a server, without contacting one. */
import type { DeclaredEntity } from "../config/config.ts";
import { askedQuery } from "../config/asked-query.ts";
import { findingFor } from "../config/entity-finding.ts";
import { queryCodes } from "../config/rules/query-codes.ts";
import { shownForSecret } from "../secrets/secret.ts";
import type { Finding } from "../model/finding.ts";
import { parseJson } from "../model/json.ts";
import { clip } from "../model/clip.ts";
import { isAcceptedStatus } from "../probe/http/accepted-status.ts";
import type { ExperimentCounts, TestedMonitor } from "../model/tested-monitor.ts";
import { shownStatus, type QueryRule, type ResponseBody, type Verdict } from "../query/check.ts";
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
import { lintQuery } from "../query/lint/lint-query.ts";
import { judgeStatus } from "./judge-status.ts";
import { runTests } from "./run-tests.ts";
import {
  dependsOnSecret,
  isTestedWithheld,
  longestFromFile,
  momentOf,
  placeholderHint,
  placeholderWords,
  ruleOf,
  textOf,
  type TestInput,
} from "./test-input.ts";

/** Whether a response decides if the monitor is up. For http monitors, only if a sample or test is written. */
export function isTestable({ kind, variant: { type }, written, tests }: DeclaredEntity): boolean {
  if (kind !== "monitor") return false;
  if (type === "json-query" || type === "keyword") return true;
  if (type === "http") return tests !== undefined;
  return (type === "mqtt" || type === "mongodb") && "jsonPath" in written && askedQuery(type, written).isCompared;
}

/** The same limit for a message after "Uptime Kuma 2.5.3 says: ". */
const longestWhy = longestFromFile + 30;

export async function testMonitor(input: TestInput): Promise<TestedMonitor> {
  const { entity } = input;
  const run = await runTests(input);
  const tested = await experimentWith(input);
  return {
    key: entity.key,
    name: entity.name,
    tests: run.results,
    ...(tested.counts === undefined ? {} : { experiment: tested.counts }),
    findings: [...run.findings, ...tested.findings],
  };
}

/** The input of the experiment besides the sample and the query. */
export function setupOf(
  input: Pick<TestInput, "entity" | "spec" | "clock">,
): Pick<ExperimentSetup, "isUpsideDown" | "clock" | "acceptsStatus"> {
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

interface Experiment {
  readonly counts?: ExperimentCounts;
  readonly findings: readonly Finding[];
}

/** If the status of the sample decides, the sample shows nothing about the query or keyword. */
async function experimentWith(input: TestInput): Promise<Experiment> {
  const { entity, spec, servers } = input;
  const written = entity.tests?.sample;
  const judged = written === undefined ? undefined : judgeStatus(written, spec);
  const verdict = judged?.verdict;
  if (verdict !== undefined) {
    if (shownStatus(verdict, spec["upsideDown"] === true) === "up") return { findings: [] };
    return { findings: [downByStatus(entity, { verdict, server: servers[0] })] };
  }
  if (entity.variant.type === "http") return { findings: [] };
  const tried = judged?.response === undefined ? input : { ...input, sample: sampleOf(judged.response) };
  return entity.variant.type === "keyword" ? experimentWithKeyword(tried) : experimentWithQuery(tried);
}

function sampleOf({ body, contentType }: ResponseBody): Sample {
  return contentType === undefined ? { body } : { body, contentType };
}

function downByStatus(
  entity: DeclaredEntity,
  { verdict, server }: { readonly verdict: Verdict; readonly server: string },
): Finding {
  const isStated = entity.tests?.sample?.status !== undefined;
  return findingFor(entity, {
    code: queryCodes["sample-is-down"],
    severity: "error",
    message: isStated
      ? "the healthy sample is down: the monitor does not accept its status"
      : "the healthy sample is down: the monitor does not follow the redirect to its url",
    pointer: isStated ? "/sample/status" : "/sample/url",
    hint: isStated
      ? "add the status to acceptedStatusCodes, or correct the sample"
      : "raise maxRedirects, or correct the sample",
    why: `Uptime Kuma ${server} says: ${verdict.message}`,
  });
}

/** Without a sample there is no experiment, because any response without the keyword is down. */
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

/** A built-in sample that does not pass proves nothing, because the real answer may differ. */
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
  // The paths contain member names, which would reveal a secret sample.
  const shownPaths = (paths: readonly string[]): readonly string[] =>
    dependsOnSecret(entity) ? paths.map(() => shownForSecret) : paths;
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

/** Only a sample shows which fields exist. `validate` reports everything else about the query. */
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

/**
 * Messages quote the query and the response. For a query that holds a secret, the message only names the kind of
 * finding.
 */
function toFinding(entity: DeclaredEntity, pointer: string, found: QueryFinding): Finding {
  const { rule, severity, message, hint, why, range } = found;
  const isSecret = dependsOnSecret(entity);
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
