/** `destroy`: deletes what the project owns on one server. */
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { reportFormats } from "../output/report-format.ts";
import { readConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addConfigFlags, addReportFlags, addServerFlags, addSharedFlag, addTargetFlag } from "../run/declare-flags.ts";
import { converge } from "../workflows/applying/converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlag } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { publish } from "../workflows/reports/publish.ts";
import type { Run } from "../run/run.ts";

interface DestroyFlags extends ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlag {
  /** `project@host`, as the person must type it. */
  readonly confirm?: string;
  readonly allowSharedChanges?: boolean;
}

export const destroyCommand: CommandDefinition<DestroyFlags> = {
  help: `
Shows what would be deleted, history and all, and wants the names of project and
server. Protected objects stop it; tags stay, because other projects may use
them.

Example:
  kuma-sync destroy --confirm shop@kuma.example.com

Exit codes: 0 done, 4 partly done, 5 refused, 7 cannot connect or log in.
`,
  reportsOf: "apply",
  declare: (command) =>
    addReportFlags(
      addTargetFlag(
        addServerFlags(
          addConfigFlags(
            addSharedFlag(
              command.option(
                "--confirm <project@host>",
                "the names of the project and of the server, as a person would write them",
              ),
            ),
          ),
        ),
      ),
      reportFormats.apply,
    ),
  run: runDestroy,
};

/** Every object of the project that can be deleted. The purpose of the run decides about consent. */
const everything: ApplyFlags = { allowDeletes: 0, deletes: true, onError: "continue", verify: "changes" };

async function runDestroy(run: Run<DestroyFlags>): Promise<Outcome> {
  refuseUntrusted(run, "destroy");
  const config = await readConfiguration(run, "hidden");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(run, config, config.findings);
  const connection = await readConnection(run, config);
  const { input, allowSharedChanges = false, confirm } = run.flags;
  const flags = { ...everything, input, allowSharedChanges };
  const purpose = { type: "destroy", confirm } as const;
  return publish(run, await converge({ ...run, flags }, { config, connection, purpose }));
}
