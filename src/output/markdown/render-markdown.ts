/** The report of a run in Markdown, in at most `limit` bytes. */
import { plural } from "../words/counts.ts";
import type { ReportData, TestData } from "../../model/report-data.ts";
import { hasFailed } from "../../model/tested-monitor.ts";
import { commentLimit, composeDocument } from "./budget.ts";
import { renderDrillMarkdown } from "./drill.ts";
import { codeSpan, hiddenTag, markdownProse } from "./escape.ts";
import { renderFindingsMarkdown } from "./findings.ts";
import { renderPlanMarkdown } from "./plan.ts";
import { renderApplyMarkdown, renderErrorMarkdown } from "./report.ts";

export function renderMarkdown(data: ReportData, limit: number = commentLimit): string {
  switch (data.type) {
    case "findings":
      return renderFindingsMarkdown(data.findings, { ...data, limit });
    case "plan":
      return renderPlanMarkdown(data.plan, { ...data, limit });
    case "apply":
      return renderApplyMarkdown(data, limit);
    case "test":
      return renderTestMarkdown(data, limit);
    case "drill":
      return renderDrillMarkdown(data, limit);
    case "error":
      return renderErrorMarkdown(data.error);
    default:
      return data satisfies never;
  }
}

function renderTestMarkdown({ project, monitors, probes = [] }: TestData, limit: number): string {
  const failed = monitors.filter(hasFailed);
  const down = probes.filter(({ status }) => status === "down");
  const counts = [
    `${failed.length} of ${plural(monitors.length, "monitor")} failed`,
    ...(probes.length === 0 ? [] : [`${down.length} of ${plural(probes.length, "probe")} down`]),
  ];
  const lines = [
    ...failed.flatMap(({ key, findings }) =>
      findings
        .filter(({ severity }) => severity === "error")
        .map(({ code, message }) => `- **failed** ${codeSpan(key)} ${code} ${markdownProse(message)}`),
    ),
    ...down.map(({ key, message }) => `- **down** ${codeSpan(key)} ${markdownProse(message)}`),
  ];
  const head = `${hiddenTag(project, "test")}\n### kuma-sync: ${counts.join(", ")}`;
  return composeDocument(
    head,
    [{ heading: "", blocks: lines.map((line) => () => line), share: 1, more: moreFailures, gap: "\n" }],
    limit,
  );
}

function moreFailures(left: number): string {
  return `- and ${plural(left, "more failure")}`;
}
