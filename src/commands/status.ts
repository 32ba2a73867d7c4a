/** `status`: shows the current state of the managed monitors; `--watch` keeps showing it. */
import type { DeclaredEntity } from "../config/config.ts";
import type { OpenConfig } from "../config/load.ts";
import { isHidden } from "../config/entity-finding.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { readLedgers } from "../ledger/read-ledgers.ts";
import { isComputedFromSecret } from "../secrets/computed-message.ts";
import { shownForSecret } from "../secrets/secret.ts";
import { statusPlaces } from "../secrets/data-places.ts";
import { UsageError } from "../model/errors.ts";
import { silenced } from "../config/silencing/silencing.ts";
import type { Outcome } from "../model/exit-code.ts";
import { audible, hasErrors } from "../model/finding.ts";
import { isWithin, type JsonPointer } from "../model/json.ts";
import { findingNoteText } from "../output/human/note.ts";
import { renderStatus } from "../output/human/status.ts";
import type { MonitorStatus } from "../model/monitor-status.ts";
import { createDocument } from "../output/json.ts";
import type { StatusBody } from "../model/document-bodies.ts";
import { resolveConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addConfigFlags, addOutputFlags, addServerFlags, addTargetFlags } from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ServerFlags, TargetFlags } from "../run/flags.ts";
import {
  noteVulnerableJsonata,
  vulnerableJsonata,
  withoutServerDependent,
} from "../workflows/configuration/vulnerable-jsonata.ts";
import { monitorStatuses, waitForStatuses } from "../workflows/status/monitor-statuses.ts";
import { namesSeveral, runForTargets } from "../workflows/targets/run-for-targets.ts";
import { silentMonitors } from "../workflows/status/silent-monitors.ts";
import { watchStatus } from "../workflows/status/watch-status.ts";
import type { Run } from "../run/run.ts";

interface StatusFlags extends ConfigFlags, OutputFlags, ServerFlags, TargetFlags {
  readonly watch?: boolean;
}

export const statusCommand: CommandDefinition<StatusFlags> = {
  help: `
Examples:
  kuma-sync status
  kuma-sync status --format json | jq '.monitors[] | select(.state == "down")'
  kuma-sync status --watch >> status.log

Exit codes: 0 nothing is down, 9 a monitor is down, 7 cannot connect or log in.
After Ctrl-C a watch ends with what it showed last, 0 or 9; after SIGTERM
with 143.
`,
  declare: (command) =>
    addOutputFlags(
      addTargetFlags(
        addServerFlags(
          addConfigFlags(
            command.option(
              "--watch",
              "go on until Ctrl-C: the table redrawn, or without a terminal a line for each change",
            ),
          ),
        ),
      ),
    ),
  run: runStatus,
};

async function runStatus(run: Run<StatusFlags>): Promise<Outcome> {
  const { flags } = run;
  if (flags.watch === true && flags.format === "json") {
    throw new UsageError("a watch has no end, and JSON format is one document", "leave out --watch or --format json");
  }
  if (flags.watch === true && namesSeveral(flags)) {
    throw new UsageError("a watch is of one target", "give one --target, or leave out --watch");
  }
  return runForTargets(run, undefined, showStatus);
}

async function showStatus(run: Run<StatusFlags>, opened: OpenConfig): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const config = await resolveConfiguration(run, opened, "hidden");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(run, config, config.findings);

  const reader = await connectReadOnly(await readConnection(run, config));
  try {
    const { server } = reader;
    const vulnerable = silenced(vulnerableJsonata(server.version), config.silencing);
    noteVulnerableJsonata(run, vulnerable);
    await untilAborted(waitForStatuses(reader, config.project), context.signal);
    const ledgers = await untilAborted(readLedgers(reader, config.project), context.signal);
    const declared = new Map<string, DeclaredEntity>(config.entities.map((entity) => [entity.key, entity]));
    const isSecret = ({ key, id }: MonitorStatus, pointer: JsonPointer): boolean => {
      const entity = declared.get(key);
      const isWrittenSecret = entity !== undefined && isHidden(entity, pointer);
      return isWrittenSecret || isWithin(pointer, ledgers.secretsOf({ kind: "monitor", id }));
    };
    const read = async (): Promise<readonly MonitorStatus[]> =>
      (await monitorStatuses(reader, config.project)).map((monitor) => withoutComputed(monitor, isSecret));
    if (flags.watch === true) return outcomeOf(await watchStatus(run, { reader, read }));
    const monitors = await read();
    const outcome = outcomeOf(monitors);
    const silent = silenced(await silentMonitors(reader, config.project, declared), config.silencing);
    const body: StatusBody = {
      project: config.project,
      server: { url: server.url, version: server.version },
      monitors,
      ...(vulnerable.length + silent.length > 0 && { findings: [...vulnerable, ...silent] }),
    };
    terminal.print(
      renderStatus(terminal.withoutSecrets(monitors, statusPlaces), terminal.out, {
        now: Date.now(),
        isScreen: context.stdout.isTty,
      }),
    );
    if (!terminal.isJson) for (const finding of audible(silent)) terminal.note(findingNoteText(finding));
    terminal.printDocument(createDocument("status", outcome, body));
    return outcome;
  } finally {
    await reader.close();
  }
}

/** Readers of a status may see the server's messages, but not the secrets that they may contain. */
function withoutComputed(
  monitor: MonitorStatus,
  isSecret: (monitor: MonitorStatus, pointer: JsonPointer) => boolean,
): MonitorStatus {
  const message = isComputedFromSecret((pointer) => isSecret(monitor, pointer)) && monitor.message !== "";
  return {
    ...monitor,
    ...(message ? { message: shownForSecret } : {}),
    ...(isSecret(monitor, "/name") ? { name: shownForSecret } : {}),
  };
}

function outcomeOf(monitors: readonly MonitorStatus[]): Outcome {
  return { type: monitors.some(({ state }) => state === "down") ? "not-up" : "done" };
}
