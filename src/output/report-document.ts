/** The JSON document of a run, the same on stdout and in a report file. */
import { drillProblems, drillState } from "../model/drilled-monitor.ts";
import { createDocument, findingsBody } from "./json.ts";
import type { ReportBody } from "../model/document-bodies.ts";
import type { ApplyData, DrillData, ReportData, TestData } from "../model/report-data.ts";

export function reportDocument(data: ReportData): object {
  const { outcome } = data;
  switch (data.type) {
    case "findings":
      return createDocument("findings", outcome, findingsBody(data.findings, data.fixed));
    case "plan":
      return createDocument("plan", outcome, { ...data.plan, findings: data.findings });
    case "apply":
      return createDocument("report", outcome, applyBody(data));
    case "test": {
      const { project, servers, monitors, probes, released, notes } = data;
      const body = {
        project,
        servers,
        monitors,
        ...(probes === undefined ? {} : { probes }),
        ...releasesBody(released),
      };
      return createDocument("test", outcome, { ...body, notes });
    }
    case "drill":
      return createDocument("drill", outcome, drillBody(data));
    case "error":
      return createDocument("error", outcome, { error: data.error });
    default:
      return data satisfies never;
  }
}

/** `openWebUI` is older than `services`, which has the same and all others. */
function releasesBody(released: TestData["released"]): object {
  if (released === undefined) return {};
  const openWebUI = released.services.filter(({ type }) => type === "open-webui");
  return { ...released, openWebUI: openWebUI.map(({ type: _type, ...instance }) => instance) };
}

/** With what each monitor comes down to, so that a reader need not conclude it. */
function drillBody({ project, on, server, monitors, ms }: DrillData): object {
  const described = monitors.map((monitor) => ({
    ...monitor,
    state: drillState(monitor),
    problems: drillProblems(monitor),
  }));
  return { project, on, server, monitors: described, ms };
}

function applyBody({ plan, result, refusal, report, firstHeartbeats, findings }: ApplyData): ReportBody {
  return {
    project: plan.project,
    server: plan.server,
    result,
    summary: plan.summary,
    blockers: plan.blockers,
    ...(refusal === undefined ? {} : { refusal }),
    outcomes: report?.outcomes ?? [],
    ...(report === undefined ? {} : { verification: report.verification }),
    ...(firstHeartbeats === undefined ? {} : { firstHeartbeats }),
    findings,
  };
}
