/** `query`: what one expression makes of one response, by the server's rules. */
import type { Json } from "../model/json.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { renderFindings } from "../output/human/findings.ts";
import { renderQuery } from "../output/human/query.ts";
import type { QueryBody } from "../model/document-bodies.ts";
import { createDocument } from "../output/json.ts";
import type { Check, QueryRule, Verdict } from "../query/check.ts";
import type { ExperimentReport } from "../query/experiment/experiment-report.ts";
import { experiment } from "../query/experiment/experiment.ts";
import { searchDocuments } from "../query/experiment/search-documents.ts";
import { openLab, verdict, type QueryLab } from "../query/lab.ts";
import { serverRules } from "../query/server-rules.ts";
import { untilAborted, type Context } from "../run/context.ts";
import type { OutputFlags } from "../run/flags.ts";
import { experimentFindings, lintFindings, querySources } from "../workflows/queries/query-findings.ts";
import { readAnswer, type Answer, type AnswerFlags } from "../workflows/queries/read-response.ts";
import { createTerminal } from "../run/terminal.ts";

export interface QueryFlags extends OutputFlags, AnswerFlags {
  readonly expect?: string;
  readonly operator: string;
  /** The Uptime Kuma version that judges. */
  readonly server: string;
}

export async function runQuery(context: Context, query: string, flags: QueryFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const { expect, operator, server } = flags;
  const rule: QueryRule = { query, operator, expected: expect ?? null };
  const answer = await readAnswer(context, { ...rule, server }, flags);
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
    terminal.print(renderFindings(findings, { ...terminal.out, sources: querySources(rule) }));
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
  /** The query had no end: an error of the expression, whatever is expected. */
  readonly isStopped?: true;
}

async function judge(
  lab: QueryLab,
  rule: QueryRule & { readonly server: string },
  answer: Answer,
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

/** Without a response: one that passes and one that does not, made of the query's own words. */
async function search(lab: QueryLab, rule: QueryRule & { readonly server: string }): Promise<JudgedWithFindings> {
  if (rule.expected === null) return { body: {}, findings: [] };
  const { passing, failing, findings } = await searchDocuments(lab, { ...rule, clock: Date.now() });
  const found = { ...(passing === undefined ? {} : { passing }), ...(failing === undefined ? {} : { failing }) };
  return { body: { found }, findings: experimentFindings(findings, rule) };
}

async function judgeResponse(
  lab: QueryLab,
  rule: QueryRule & { readonly server: string },
  { response }: Extract<Answer, { readonly type: "answered" }>,
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
  // Without --expect the value itself is what a monitor would be written for.
  const expected = rule.expected ?? textOf(outcome.value);
  if (expected === undefined || (rule.expected !== null && outcome.status === "down"))
    return { body: shown, findings: [] };
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
    // Of a value that merely is what it is now, "watched" is of interest and "too strict" is not.
    findings:
      rule.expected === null
        ? []
        : experimentFindings(
            report.findings.filter((finding) => finding.rule !== "watched-fields"),
            rule,
          ),
  };
}

/** Without an expected value there is a verdict only when no expected value could help. */
function describeVerdict({ status, message, cause, resultType, value }: Verdict, isCompared: boolean): Judged {
  return {
    ...(isCompared || cause === "error" ? { status, message } : {}),
    ...(resultType === undefined ? {} : { resultType }),
    ...(value === undefined ? {} : { value }),
  };
}

/** Undefined for what no expected value equals. */
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

function jsonOf(answer: Answer): Json | undefined {
  if (answer.type !== "answered") return undefined;
  try {
    return JSON.parse(answer.response.body) as Json;
  } catch {
    return undefined;
  }
}
