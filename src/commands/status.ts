/** `status`: what the managed monitors say now, and with `--watch` what they say from then on. */
import type { WrittenEntity } from "../config/config.ts";
import { isHidden } from "../config/entity-finding.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { readLedgers } from "../ledger/read-ledgers.ts";
import { isComputedFromSecret } from "../secrets/computed-message.ts";
import { shownForSecret } from "../secrets/secret.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { isWithin, type JsonPointer } from "../model/json.ts";
import { renderStatus } from "../output/human/status.ts";
import type { MonitorStatus } from "../model/monitor-status.ts";
import { createDocument } from "../output/json.ts";
import type { StatusBody } from "../model/document-bodies.ts";
import { readConfiguration, refuseInvalid } from "../workflows/configuration/configuration.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { untilAborted, type Context } from "../run/context.ts";
import type { ConfigFlags, OutputFlags, ServerFlags, TargetFlags } from "../run/flags.ts";
import { knownHoleOf, noteKnownHole, withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { monitorStatuses, untilTold } from "../workflows/status/monitor-statuses.ts";
import { namesSeveral, runForTargets } from "../workflows/targets/run-for-targets.ts";
import { watchStatus } from "../workflows/status/watch-status.ts";
import { createTerminal } from "../run/terminal.ts";
import { statusPlaces } from "../secrets/data-places.ts";

export interface StatusFlags extends ConfigFlags, OutputFlags, ServerFlags, TargetFlags {
  readonly watch?: boolean;
}

export async function runStatus(context: Context, flags: StatusFlags): Promise<Outcome> {
  if (flags.watch === true && flags.format === "json") {
    throw new UsageError("a watch has no end, and JSON format is one document", "leave out --watch or --format json");
  }
  if (flags.watch === true && namesSeveral(flags)) {
    throw new UsageError("a watch is of one target", "give one --target, or leave out --watch");
  }
  return runForTargets({ context, flags, run: showStatus });
}

async function showStatus(context: Context, flags: StatusFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const config = await readConfiguration(flags, context, "hidden");
  if (hasErrors(withoutServerDependent(config.findings)))
    return refuseInvalid(config, config.findings, { context, terminal, reports: [] });

  const reader = await connectReadOnly(await readConnection(flags, context, terminal, config));
  try {
    const { server } = reader;
    const knownHole = knownHoleOf(server.version);
    noteKnownHole(knownHole, terminal);
    await untilAborted(untilTold(reader, config.project), context.signal);
    const ledgers = await untilAborted(readLedgers(reader, config.project), context.signal);
    const declared = new Map<string, WrittenEntity>(config.entities.map((entity) => [entity.key, entity]));
    const isSecret = ({ key, id }: MonitorStatus, pointer: JsonPointer): boolean => {
      const entity = declared.get(key);
      const isWrittenSecret = entity !== undefined && isHidden(entity, pointer);
      return isWrittenSecret || isWithin(pointer, ledgers.secretsOf({ kind: "monitor", id }));
    };
    const read = async (): Promise<readonly MonitorStatus[]> =>
      (await monitorStatuses(reader, config.project)).map((monitor) => withoutComputed(monitor, isSecret));
    if (flags.watch === true) return outcomeOf(await watchStatus({ context, terminal, reader, read }));
    const monitors = await read();
    const outcome = outcomeOf(monitors);
    const body: StatusBody = {
      project: config.project,
      server: { url: server.url, version: server.version },
      monitors,
      ...(knownHole.length > 0 && { findings: knownHole }),
    };
    terminal.print(
      renderStatus(terminal.withoutSecrets(monitors, statusPlaces), terminal.out, {
        now: Date.now(),
        isScreen: context.stdout.isTty,
      }),
    );
    terminal.printDocument(createDocument("status", outcome, body));
    return outcome;
  } finally {
    terminal.clearStatus();
    await reader.close();
  }
}

/** Whoever reads a status has the words of the server's check, and not always the secrets that it was made of. */
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
