/** `validate`: everything that can be known without a server. */
import type { Config } from "../config/config.ts";
import { kindNames } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { compareFindings, hasErrors, type Finding } from "../model/finding.ts";
import { kindCount } from "../output/words/kind-count.ts";
import { joinWords } from "../output/words/counts.ts";
import { findingsText, openConfiguration, resolveFor } from "../workflows/configuration/configuration.ts";
import type { Context } from "../run/context.ts";
import type { ConfigFlags, OutputFlags, ReportFlags, SecretsFlag, TargetFlag } from "../run/flags.ts";
import { parseReports, publish } from "../workflows/reports/reports.ts";
import { chooseTargets } from "../workflows/targets/choose-targets.ts";
import { createTerminal } from "../run/terminal.ts";

export type ValidateFlags = ConfigFlags & SecretsFlag & OutputFlags & ReportFlags & TargetFlag;

export async function runValidate(context: Context, flags: ValidateFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const reports = parseReports(flags, "validate", context);
  const { config, findings } = await readForEachTarget(flags, context);
  const outcome: Outcome = hasErrors(findings) ? { type: "invalid" } : { type: "done" };
  terminal.print(findingsText(config, findings, terminal, "out"));
  if (outcome.type === "done") terminal.print(`${terminal.out.style.green("Valid:")} ${describeConfig(config)}.\n`);
  const { project, sources } = config;
  return publish({ type: "findings", outcome, project, findings, sources }, { context, terminal, reports });
}

/** What is wrong for any of the targets is wrong. What is wrong for all of them is said once. */
async function readForEachTarget(
  flags: ValidateFlags,
  context: Context,
): Promise<{ readonly config: Config; readonly findings: readonly Finding[] }> {
  const opened = await openConfiguration(flags, context, flags.withSecrets === true ? "real" : "withheld");
  const names = flags.target === undefined ? [...opened.targets.keys()] : chooseTargets(opened.targets, flags);
  const config = await resolveFor(names[0], opened, context);
  const found = new Map(config.findings.map((finding) => [JSON.stringify(finding), finding]));
  for (const name of names.slice(1)) {
    const { findings } = await resolveFor(name, opened, context);
    for (const finding of findings) found.set(JSON.stringify(finding), finding);
  }
  return { config, findings: [...found.values()].toSorted(compareFindings) };
}

/** `12 monitors, 1 notification and 2 tags in project open-webui` */
function describeConfig({ project, entities, targets }: Config): string {
  const counts = kindNames.toReversed().flatMap((kind) => {
    const count = entities.filter((entity) => entity.kind === kind).length;
    return count > 0 || kind === "monitor" ? [kindCount(kind, count)] : [];
  });
  const where = targets.size > 1 ? `, for ${targets.size} targets` : "";
  return `${joinWords(counts)} in project ${project}${where}`;
}
