/** `validate`: checks everything that can be checked without a server. */
import type { Config } from "../config/config.ts";
import { kindNames } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { compareFindings, hasErrors, type Finding } from "../model/finding.ts";
import { kindCount } from "../output/words/kind-count.ts";
import { reportFormats } from "../output/report-format.ts";
import { joinWords } from "../output/words/counts.ts";
import { openConfiguration, resolveForTarget } from "../workflows/configuration/read-configuration.ts";
import { findingsText } from "../workflows/configuration/show-findings.ts";
import type { CommandDefinition } from "../run/command.ts";
import {
  addConfigFlags,
  addFileArguments,
  addReportFlags,
  addSecretsFlag,
  addTargetFlag,
} from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ReportFlags, SecretsFlag, TargetFlag } from "../run/flags.ts";
import { publish } from "../workflows/reports/publish.ts";
import { chooseTargets } from "../workflows/targets/choose-targets.ts";
import type { Run } from "../run/run.ts";

type ValidateFlags = ConfigFlags & SecretsFlag & OutputFlags & ReportFlags & TargetFlag;

export const validateCommand: CommandDefinition<ValidateFlags> = {
  help: `
Reads no value of \${env:…} and no file of \${file:…}: placeholders stand for
them, so no variable needs to be set. --with-secrets checks the values too.

Examples:
  kuma-sync validate                          monitors.yaml in this folder
  kuma-sync validate monitors/ "teams/*.yaml"
  kuma-sync validate -f monitors/             the same as an argument
  kuma-sync validate -f config/ --file-root /run/secrets
  kuma-sync validate --format json | jq .findings

Exit codes: 0 valid (warnings too), 3 invalid.
`,
  reportsOf: "validate",
  declare: (command) =>
    addReportFlags(addTargetFlag(addSecretsFlag(addConfigFlags(addFileArguments(command)))), reportFormats.validate),
  run: runValidate,
};

async function runValidate(run: Run<ValidateFlags>): Promise<Outcome> {
  const { terminal } = run;
  const { config, findings } = await checkEachTarget(run);
  const outcome: Outcome = hasErrors(findings) ? { type: "invalid" } : { type: "done" };
  terminal.print(findingsText(run, config, findings, "out"));
  if (outcome.type === "done") terminal.print(`${terminal.out.style.green("Valid:")} ${describeConfig(config)}.\n`);
  const { project, sources } = config;
  return publish(run, { type: "findings", outcome, project, findings, sources });
}

/** The findings of all targets; one that several of them have is listed once. */
async function checkEachTarget(
  run: Run<ValidateFlags>,
): Promise<{ readonly config: Config; readonly findings: readonly Finding[] }> {
  const { flags } = run;
  const opened = await openConfiguration(run);
  const secrets = flags.withSecrets === true ? "real" : "withheld";
  const names = flags.target === undefined ? [...opened.targets.keys()] : chooseTargets(opened.targets, flags);
  const config = await resolveForTarget(run, opened, { target: names[0], secrets });
  const found = new Map(config.findings.map((finding) => [JSON.stringify(finding), finding]));
  for (const name of names.slice(1)) {
    const { findings } = await resolveForTarget(run, opened, { target: name, secrets });
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
