/** `validate`: checks everything that can be checked without a server. */
import type { Command } from "commander";
import type { Config } from "../config/config.ts";
import { silenced } from "../config/silencing/silencing.ts";
import { unusedComments } from "../config/silencing/unused-comments.ts";
import { kindNames } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { compareFindings, hasErrors } from "../model/finding.ts";
import { renderFixes } from "../output/human/fixes.ts";
import { kindCount } from "../output/words/kind-count.ts";
import { reportFormats } from "../output/report-format.ts";
import { joinWords } from "../output/words/counts.ts";
import { fixedPlaces } from "../secrets/data-places.ts";
import { checkTargets } from "../workflows/configuration/check-targets.ts";
import { fixConfiguration, type FixFlags } from "../workflows/configuration/fix-files.ts";
import { openConfiguration } from "../workflows/configuration/read-configuration.ts";
import { findingsText } from "../workflows/configuration/show-findings.ts";
import { shownFindings } from "../workflows/configuration/shown-findings.ts";
import type { CommandDefinition } from "../run/command.ts";
import {
  addConfigFlags,
  addFileArguments,
  addReportFlags,
  addSecretsFlag,
  addTargetFlag,
} from "../run/declare-flags.ts";
import type { OutputFlags, ReportFlags } from "../run/flags.ts";
import { publish } from "../workflows/reports/publish.ts";
import type { Run } from "../run/run.ts";

type ValidateFlags = FixFlags & OutputFlags & ReportFlags;

export const validateCommand: CommandDefinition<ValidateFlags> = {
  help: `
Reads no value of \${env:…} and no file of \${file:…}: placeholders stand for
them, so no variable needs to be set. --with-secrets checks the values too.

--fix renames keys, converts units, adds quotes and the like: only what findings
mark with "fix:". Comments and layout stay; no guess is ever applied.

Examples:
  kuma-sync validate                          monitors.yaml in this folder
  kuma-sync validate monitors/ "teams/*.yaml"
  kuma-sync validate -f monitors/             the same as an argument
  kuma-sync validate --show-fixes            what --fix would change
  kuma-sync validate -f config/ --file-root /run/secrets
  kuma-sync validate --format json | jq .findings

Exit codes: 0 valid (warnings too), 3 invalid.
`,
  reportsOf: "validate",
  declare: (command) =>
    addReportFlags(
      addTargetFlag(addSecretsFlag(addConfigFlags(addFixFlags(addFileArguments(command))))),
      reportFormats.validate,
    ),
  run: runValidate,
};

function addFixFlags(command: Command): Command {
  return command
    .option("--fix", "make the repairs that are certain in the files, and show what changed")
    .option("--show-fixes", "show what --fix would change, and write nothing");
}

async function runValidate(run: Run<ValidateFlags>): Promise<Outcome> {
  const { terminal, flags } = run;
  const { fix = false, showFixes = false } = flags;
  const repaired = fix || showFixes ? await fixConfiguration(run) : undefined;
  const { config, findings: checked } = repaired ?? (await checkTargets(run, await openConfiguration(run)));
  // Another target may need a comment that this one does not.
  const unused = flags.target === undefined ? unusedComments(config.silencing, checked, config.sources) : [];
  const findings = [...checked, ...silenced(unused, config.silencing)].toSorted(compareFindings);
  const fixed = repaired?.fixed;
  const outcome: Outcome = hasErrors(findings) ? { type: "invalid" } : { type: "done" };
  if (fixed !== undefined) terminal.print(renderFixes(terminal.withoutSecrets(fixed, fixedPlaces), terminal.out));
  const validWord = fixed?.isWritten === false && fixed.files.length > 0 ? "Valid with these repairs:" : "Valid:";
  const shown = shownFindings(config, findings);
  terminal.print(findingsText(run, shown, "out"));
  if (outcome.type === "done") terminal.print(`${terminal.out.style.green(validWord)} ${describeConfig(config)}.\n`);
  return publish(run, { type: "findings", outcome, project: config.project, ...shown, fixed });
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
