/** `query`: evaluates one expression on one response, by the rules of a server. */
import { parseJson, type Json } from "../model/json.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { renderFindings } from "../output/human/findings.ts";
import { renderQuery } from "../output/human/query.ts";
import type { QueryBody } from "../model/document-bodies.ts";
import { createDocument } from "../output/json.ts";
import type { Check, QueryRule, Verdict } from "../query/check.ts";
import type { ExperimentFinding, ExperimentReport } from "../query/experiment/experiment-report.ts";
import { experiment } from "../query/experiment/experiment.ts";
import { searchDocuments } from "../query/experiment/search-documents.ts";
import { openLab, verdict, type QueryLab } from "../query/lab.ts";
import { newestTestedVersion } from "../model/release.ts";
import { whyNotJson, type NotJson } from "../query/not-json.ts";
import { serverRules } from "../query/server-rules.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addEnvFileFlag, addOutputFlags, addText, parseReleaseFlag } from "../run/declare-flags.ts";
import type { OutputFlags } from "../run/flags.ts";
import { experimentFindings, lintFindings, shownQuery } from "../workflows/queries/query-findings.ts";
import { readResponse, type ResponseFlags, type ResponseOrRefusal } from "../workflows/queries/read-response.ts";
import type { Run } from "../run/run.ts";

interface QueryFlags extends OutputFlags, ResponseFlags {
  readonly expression: string;
  readonly expect?: string;
  readonly operator: string;
  /** The Uptime Kuma version whose rules apply. */
  readonly server: string;
}

export const queryCommand: CommandDefinition<QueryFlags> = {
  help: `
Nothing but the request of --url leaves this machine; the query runs in a
process with limits.

Examples:
  kuma-sync query '$count(data) > 0' --body models.json --expect true
  curl -s https://example.com/health |
    kuma-sync query status --body - --expect ok
  kuma-sync query '$count(data)' --url https://example.com/api/models \\
    -H 'Authorization: Bearer \${env:KEY}' --operator '>=' --expect 2

Exit codes: 0 up, or no --expect; 3 the expression has errors; 9 down.
`,
  declare: (command) =>
    addOutputFlags(
      addEnvFileFlag(command.argument("<expression>", "as in jsonPath").optionsGroup("Response:"))
        .option("--body <file>", "a file with the response's body, or - for stdin")
        .option("--url <url>", "ask this URL as a monitor would")
        .option("-H, --header <header>", "a header of the request, as 'Name: value'; may be repeated", addText)
        .option("--method <method>", "the request's method (default: GET, or POST with --data)")
        .option("--data <body>", "the request's body, JSON")
        .optionsGroup("Verdict:")
        .option("--expect <text>", "the expected value; exit 9 when the monitor would be down")
        .option("--operator <operator>", "how value and expected value are compared", "==")
        .option("--server <version>", "evaluate as this Uptime Kuma version", parseReleaseFlag, newestTestedVersion),
    ),
  run: runQuery,
};

async function runQuery(run: Run<QueryFlags>): Promise<Outcome> {
  const { context, terminal } = run;
  const { expression: query, expect, operator, server } = run.flags;
  const rule: QueryRule = { query, operator, expected: expect ?? null };
  const answer = await readResponse(run, { ...rule, server });
  const lint = await lintFindings(rule, server, jsonOf(answer));
  const lab = openLab();
  try {
    const judged = await untilAborted(judge(lab, { ...rule, server }, answer), context.signal);
    const findings = [...lint, ...judged.findings];
    const outcome: Outcome =
      hasErrors(lint) || judged.isStopped === true
        ? { type: "invalid" }
        : judged.body.status === "up" || expect === undefined || answer.type === "none"
          ? { type: "done" }
          : { type: "not-up" };
    const body: QueryBody = { query, server, ...judged.body, notes: serverRules(server).notes, findings };
    terminal.print(renderFindings(findings, { ...terminal.out, sources: shownQuery(rule) }));
    terminal.print(renderQuery(body, terminal.out));
    terminal.printDocument(createDocument("query", outcome, body));
    return outcome;
  } finally {
    lab.close();
  }
}

type Judged = Pick<QueryBody, "status" | "message" | "value" | "resultType" | "experiment" | "found">;

interface JudgedWithFindings {
  readonly body: Judged;
  readonly findings: QueryBody["findings"];
  /** The query did not end. That is an error of the expression, whatever is expected. */
  readonly isStopped?: true;
}

async function judge(
  lab: QueryLab,
  rule: QueryRule & { readonly server: string },
  answer: ResponseOrRefusal,
): Promise<JudgedWithFindings> {
  switch (answer.type) {
    case "none":
      return search(lab, rule);
    case "failed":
      return { body: { status: "down", message: answer.message }, findings: [] };
    case "answered":
      return judgeResponse(lab, rule, answer);
    default:
      return answer satisfies never;
  }
}

/** Without a response: generates documents from the names in the query, until one passes and one fails. */
async function search(lab: QueryLab, rule: QueryRule & { readonly server: string }): Promise<JudgedWithFindings> {
  if (rule.expected === null) return { body: {}, findings: [] };
  const { passing, failing, findings } = await searchDocuments(lab, { ...rule, clock: Date.now() });
  const found = { ...(passing === undefined ? {} : { passing }), ...(failing === undefined ? {} : { failing }) };
  return { body: { found }, findings: experimentFindings(findings, rule) };
}

async function judgeResponse(
  lab: QueryLab,
  rule: QueryRule & { readonly server: string },
  { response }: Extract<ResponseOrRefusal, { readonly type: "answered" }>,
): Promise<JudgedWithFindings> {
  const check: Check = { ...rule, ...response, expected: rule.expected ?? "" };
  const outcome = await verdict(lab, check);
  if (outcome.status === "killed") {
    const findings = experimentFindings(
      [{ rule: "unbounded-query", severity: "error", message: `the query ${outcome.message}` }],
      rule,
    );
    return { body: { status: "down", message: outcome.message }, findings, isStopped: true };
  }
  const shown = describeVerdict(outcome, rule.expected !== null);
  // Without --expect, a monitor would be written for the value itself.
  const expected = rule.expected ?? textOf(outcome.value);
  if (expected === undefined || (rule.expected !== null && outcome.status === "down")) {
    const notJson = outcome.cause === "error" ? whyNotJson(response.body) : undefined;
    const findings = notJson === undefined ? [] : experimentFindings([notJsonFinding(notJson)], rule);
    return { body: shown, findings };
  }
  const operator = rule.expected === null ? "==" : rule.operator;
  const report = await experiment(lab, {
    ...rule,
    expected,
    operator,
    sample: response,
    servers: [rule.server],
    clock: Date.now(),
  });
  return {
    body: { ...shown, experiment: { expected, ...summary(report) } },
    // Without --expect, the expected value is the value that was just found, so no monitor is judged.
    findings:
      rule.expected === null
        ? []
        : experimentFindings(
            report.findings.filter((finding) => finding.rule !== "watched-fields"),
            rule,
          ),
  };
}

/** A warning, because the expression may be right. */
function notJsonFinding({ what, hint }: NotJson): ExperimentFinding {
  const message = `the response is not JSON: ${what}; the query finds nothing in it`;
  return { rule: "not-json", severity: "warning", message, hint };
}

/** Without an expected value, there is a verdict only if the monitor is down for every expected value. */
function describeVerdict({ status, message, cause, resultType, value }: Verdict, isCompared: boolean): Judged {
  return {
    ...(isCompared || cause === "error" ? { status, message } : {}),
    ...(resultType === undefined ? {} : { resultType }),
    ...(value === undefined ? {} : { value }),
  };
}

/** Undefined for a value that no expected value can equal. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function summary({
  missed,
  seen,
  falseAlarms,
  watched,
  blind,
}: ExperimentReport): Omit<NonNullable<QueryBody["experiment"]>, "expected"> {
  return { missed, seen, falseAlarms, watched, blind };
}

function jsonOf(answer: ResponseOrRefusal): Json | undefined {
  return answer.type === "answered" ? parseJson(answer.response.body) : undefined;
}
