/** Prints findings. */
import type { Config } from "../../config/config.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { audible, type Finding } from "../../model/finding.ts";
import type { FindingsData } from "../../model/report-data.ts";
import { renderFindings } from "../../output/human/findings.ts";
import { findingPlaces } from "../../secrets/data-places.ts";
import type { Run } from "../../run/run.ts";
import { publish } from "../reports/publish.ts";
import { shownFindings, type ShownFindings } from "./shown-findings.ts";

/** Ends a run whose configuration has errors. Nothing was written. */
export function refuseInvalid(run: Run, config: Config, findings: readonly Finding[]): Promise<Outcome> {
  return publish(run, showInvalid(run, config, findings));
}

/** Ends a run in which the sample or a test of a monitor fails. Nothing was written. */
export function refuseUntested(run: Run, config: Config, findings: readonly Finding[]): Promise<Outcome> {
  return publish(run, showUntested(run, config, findings));
}

/** Like `showInvalid`, for `refuseUntested`. */
export function showUntested(run: Run, config: Config, findings: readonly Finding[]): FindingsData {
  return { ...showInvalid(run, config, findings), outcome: { type: "not-up" } };
}

/** For a caller that publishes more: prints the text on stderr, and returns the data for the documents. */
export function showInvalid(run: Run, config: Config, findings: readonly Finding[]): FindingsData {
  const { terminal } = run;
  const shown = shownFindings(config, findings);
  if (!terminal.isJson) terminal.alert(findingsText(run, shown));
  return { type: "findings", outcome: { type: "invalid" }, project: config.project, ...shown };
}

/** Prints warnings on stderr; notes are only printed by `validate`. In JSON format both are in the document. */
export function showWarnings(run: Run, config: Config, findings: readonly Finding[]): void {
  const { terminal } = run;
  const shown = findings.filter(({ severity, suppressed }) => severity !== "info" || suppressed !== undefined);
  if (shown.length === 0 || terminal.isJson) return;
  const text = `${findingsText(run, shownFindings(config, shown))}\n`;
  if (audible(shown).length > 0) terminal.alert(text);
  else terminal.note(text);
}

/** As stderr shows them, or stdout with `stream`. */
export function findingsText(
  { terminal }: Run,
  { findings, sources }: ShownFindings,
  stream: "out" | "err" = "err",
): string {
  const { isVerbose } = terminal;
  const shown = terminal.withoutSecrets(findings, findingPlaces);
  return renderFindings(shown, { ...terminal[stream], sources, isVerbose });
}
