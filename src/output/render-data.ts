/** Renders a run in the requested format. */
import { renderAnnotations } from "./github.ts";
import { renderHtml } from "./html/render-html.ts";
import { serialise } from "./json.ts";
import { junitOfDrill } from "./junit/drill.ts";
import { junitOfFailure, junitReport } from "./junit/tests.ts";
import { renderMarkdown } from "./markdown/render-markdown.ts";
import type { ReportData } from "../model/report-data.ts";
import { reportDocument } from "./report-document.ts";
import type { ReportFormat } from "./report-format.ts";
import { renderSarif } from "./sarif.ts";

/** `data` must be redacted. `version` is kuma-sync's own. */
export function renderData(data: ReportData, format: ReportFormat, version: string): string {
  switch (format) {
    case "json":
      return serialise(reportDocument(data));
    case "markdown":
      return renderMarkdown(data);
    case "github":
      return renderAnnotations(data);
    case "html":
      return renderHtml(data);
    case "sarif":
      return renderSarif(data.type === "findings" ? data.findings : [], version, errorOf(data));
    case "junit":
      if (data.type === "test") return junitReport({ monitors: data.monitors, probes: data.probes ?? [] });
      return data.type === "drill" ? junitOfDrill(data) : junitOfFailure(failureOf(data));
    default:
      return format satisfies never;
  }
}

/** A run of `validate` that failed has no findings, and must not look like one without mistakes. */
function errorOf(data: ReportData): string | undefined {
  return data.type === "error" ? data.error.message : undefined;
}

function failureOf(data: ReportData): string {
  if (data.type === "error") return data.error.message;
  if (data.type !== "findings") return "there was nothing to test";
  return data.outcome.type === "not-up" ? "the sample or a test of a monitor fails" : "the configuration is not valid";
}
