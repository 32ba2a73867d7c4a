/**
 * Checks that a monitor goes red when it should. It breaks one healthy response in a hundred ways and judges each by
 * the server's rules. The result shows which outages the monitor detects, which it misses, and where it would give a
 * false alarm.
 */
import { parseJson, type Json } from "../../model/json.ts";
import { shownStatus, type Check, type Judgement } from "../check.ts";
import type { QueryLab } from "../lab.ts";
import { cutBodies, deadBodies, deadWithStatus, pagesWithWords } from "./dead-bodies.ts";
import type { ExperimentCase } from "./experiment-case.ts";
import type { ExperimentInput, ExperimentReport, ExperimentRun, Tally, JudgedCase } from "./experiment-report.ts";
import { classify } from "./classify.ts";
import { faults } from "./faults.ts";
import { harmlessVariants } from "./harmless.ts";
import { mineConstants } from "./query-constants.ts";

const day = 86_400_000;
const mostKills = 2;

export function experiment(lab: QueryLab, input: ExperimentInput): Promise<ExperimentReport> {
  return runExperiment({ ...input, about: "query" }, (cases) => tryCases(lab, input, cases));
}

/** `tryAll` returns each case with one judgement for each server, and fewer cases if it had to stop. */
export async function runExperiment(
  input: ExperimentRun,
  tryAll: (cases: readonly ExperimentCase[]) => Promise<readonly JudgedCase[]>,
): Promise<ExperimentReport> {
  const [healthy] = await tryAll([{ ...input.sample, group: "healthy", name: "the sample" }]);
  if (healthy === undefined || healthy.judgements.some(({ status }) => status === "killed")) {
    return reportOn(input, { tried: healthy === undefined ? [] : [healthy], isComplete: false });
  }
  const cases = casesFor(input);
  const isRefused = ({ status }: ExperimentCase): boolean =>
    status !== undefined && input.acceptsStatus?.(status) === false;
  const judged = cases.filter((one) => !isRefused(one));
  const others = await tryAll(judged);
  const isComplete =
    others.length === judged.length && others.every(({ judgements }) => judgements.length === input.servers.length);
  const refused = cases.filter(isRefused).map((one): JudgedCase => refusedByStatus(one, input.servers.length));
  return reportOn(input, { tried: [healthy, ...refused, ...others], isComplete });
}

/**
 * The server's message if it rejects the status without looking at the body
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
function refusedByStatus(one: ExperimentCase, servers: number): JudgedCase {
  const message = `Request failed with status code ${one.status}`;
  const judgement: Judgement = { status: "down", message, cause: "error" };
  return { ...one, isRefused: true, judgements: Array.from({ length: servers }, () => judgement) };
}

/**
 * All cases except the sample itself. A sample that is not JSON cannot be broken in parts, so there are no faults of
 * it.
 */
export function casesFor(input: ExperimentRun): readonly ExperimentCase[] {
  const { sample, about, badSamples = [], acceptsStatus } = input;
  const value = parseSample(sample.body);
  const constants = mineConstants(input.query, input.expected);
  const bad = badSamples.map((response): ExperimentCase => ({ ...response, group: "dead" }));
  const later = [
    ["a day later", day],
    ["a year later", 365 * day],
  ] as const;
  return [
    ...deadBodies,
    // A status that the monitor does not accept is always down, so there is nothing to try. A body that equals the
    // sample is not dead.
    ...deadWithStatus.filter(
      ({ status, body }) =>
        status !== undefined && acceptsStatus?.(status) === true && body.trim() !== sample.body.trim(),
    ),
    // A text near the start survives the cut. That is normal for keywords, so they are not tried on cut bodies.
    ...(about === "query" ? cutBodies(sample) : pagesWithWords),
    ...bad,
    ...(value === undefined ? [] : faults(value, constants)),
    ...(value === undefined
      ? []
      : harmlessVariants(sample, value, { constants, askedBy: input.askedBy ?? "json-query" })),
    ...later.map(([name, milliseconds]): ExperimentCase => ({ ...sample, group: "clock", name, later: milliseconds })),
  ];
}

function parseSample(body: string): Json | undefined {
  const value = parseJson(body.replace(/^\uFEFF/, ""));
  return typeof value === "object" && value !== null ? value : undefined;
}

async function tryCases(
  lab: QueryLab,
  input: ExperimentInput,
  cases: readonly ExperimentCase[],
): Promise<readonly JudgedCase[]> {
  const { query, operator, expected, askedBy, servers, clock } = input;
  const checks = cases.flatMap(({ body, contentType, later = 0 }) =>
    servers.map((server): Check => ({
      query,
      operator,
      expected,
      ...(askedBy !== undefined && { askedBy }),
      server,
      body,
      clock: clock + later,
      ...(contentType !== undefined && { contentType }),
    })),
  );
  const judgements = await lab.run(checks, { maxKills: mostKills });
  return cases.flatMap((one, index) => {
    const own = judgements.slice(index * servers.length, (index + 1) * servers.length);
    // The cases after the last allowed stop have no judgements.
    return own.length === 0 ? [] : [{ ...one, judgements: own }];
  });
}

function reportOn(
  input: ExperimentRun,
  { tried, isComplete }: { readonly tried: readonly JudgedCase[]; readonly isComplete: boolean },
): ExperimentReport {
  const { servers, isUpsideDown = false } = input;
  const shown = (one: JudgedCase): string => shownStatus(one.judgements[0] as Judgement, isUpsideDown);
  const those = (group: ExperimentCase["group"]): readonly JudgedCase[] => tried.filter((one) => one.group === group);
  const tally = (all: readonly JudgedCase[], status: "up" | "down"): Tally => ({
    total: all.length,
    names: all.filter((one) => shown(one) === status).map(({ name }) => name),
  });
  const [healthy] = those("healthy");
  const passes = healthy !== undefined && shown(healthy) === "up";
  const paths = [...new Set(those("fault").map(({ path }) => path ?? ""))];
  const seenPaths = new Set(
    those("fault")
      .filter((one) => shown(one) === "down")
      .map(({ path }) => path),
  );
  // A key should match one item. If the query returns a list because the key is there twice, that is not a false alarm.
  const harmless = those("harmless").filter(
    ({ isKeyTwice, judgements: [first] }) => !(isKeyTwice === true && isList(first)),
  );
  const failing = tried.filter((one) => one.group !== "clock" && one.isRefused !== true && shown(one) === "down");
  const report = {
    servers,
    evaluations: tried.reduce((sum, { judgements }) => sum + judgements.length, 0),
    isComplete,
    healthy: healthy?.judgements ?? [],
    passes,
    missed: tally(those("dead"), "up"),
    seen: tally(those("fault"), "down"),
    watched: passes ? paths.filter((path) => seenPaths.has(path)) : [],
    blind: passes ? paths.filter((path) => !seenPaths.has(path)) : [],
    falseAlarms: passes ? tally(harmless, "down") : { total: harmless.length, names: [] },
    isClockSensitive: passes && those("clock").some((one) => shown(one) === "down"),
    splits: splitsOf(tried),
    canFailByValue: failing.some(
      ({ judgements: [first] }) => first?.status !== "killed" && first?.cause === (isUpsideDown ? "match" : "mismatch"),
    ),
  };
  return { ...report, findings: classify(input, report, tried) };
}

function isList(judgement: Judgement | undefined): boolean {
  return judgement !== undefined && judgement.status !== "killed" && judgement.resultType === "array";
}

function splitsOf(tried: readonly JudgedCase[]): Tally {
  const differing = tried.filter(({ judgements }) => new Set(judgements.map(({ status }) => status)).size > 1);
  return { total: tried.length, names: differing.map(({ name }) => name) };
}
