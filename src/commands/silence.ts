/** `silence`: stops the alarms of some monitors for a while, as during a deploy; `--list` and `--end` go with it. */
import type { OpenConfig } from "../config/load.ts";
import type { Config } from "../config/config.ts";
import { connect } from "../kuma/connect.ts";
import type { SilencesBody } from "../model/document-bodies.ts";
import { KumaError, type KumaErrorCode } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Silence } from "../model/silence.ts";
import { warningText } from "../output/human/note.ts";
import { endedSilencesText, silencesText, startedSilenceText } from "../output/human/silence.ts";
import { createDocument } from "../output/json.ts";
import { silencePlaces } from "../secrets/data-places.ts";
import type { CommandDefinition } from "../run/command.ts";
import {
  addConfigFlags,
  addOutputFlags,
  addServerFlags,
  addTargetFlags,
  addText,
  parseDuration,
} from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ServerFlags, TargetFlags } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { resolveConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { endSilences } from "../workflows/silences/end-silences.ts";
import { ownSilences, type OwnSilence } from "../workflows/silences/own-silences.ts";
import { chooseMonitors } from "../workflows/silences/choose-monitors.ts";
import { readWish, type Wish, type WishFlags } from "../workflows/silences/read-wish.ts";
import { startSilence } from "../workflows/silences/start-silence.ts";
import { managedMonitors } from "../workflows/status/managed-monitors.ts";
import { runForTargets } from "../workflows/targets/run-for-targets.ts";

export interface SilenceFlags extends ConfigFlags, OutputFlags, ServerFlags, TargetFlags, WishFlags {
  readonly failOpen?: boolean;
}

export const silenceCommand: CommandDefinition<SilenceFlags> = {
  help: `
From their next check on, Uptime Kuma shows the monitors in maintenance and
sends no notifications. The silence ends by itself, by the server's clock, even
if nobody ends it. A silence of a group covers everything in the group. No plan
deletes a silence or counts it as drift.

Examples:
  kuma-sync silence "web-*" --for 20m --reason "deploy 1.4"
  kuma-sync silence shop --for 30m --id "deploy-$RUN_ID" --fail-open
  kuma-sync silence --end "deploy-$RUN_ID"
  kuma-sync silence --list

Exit codes: 0 silenced, listed or ended, 7 cannot connect or log in; with
--fail-open 0 if the server is away.
`,
  declare: (command) =>
    addOutputFlags(
      addTargetFlags(
        addServerFlags(
          addConfigFlags(
            command
              .argument("[keys...]", "monitors by key or name, or patterns such as web-*")
              .option("--for <time>", "how long at most, such as 20m", parseDuration)
              .option("--reason <text>", "title of the maintenance (default: Silenced by kuma-sync)")
              .option("--id <id>", "name of the silence, to end it by; replaces an older one (default: random)")
              .option("--list", "show the silences of the project")
              .option("--end <id>", "end this silence; may be repeated", addText)
              .option("--fail-open", "exit with 0 if Uptime Kuma does not answer"),
          ),
        ),
      ),
    ),
  run: runSilence,
};

function runSilence(run: Run<SilenceFlags>): Promise<Outcome> {
  refuseUntrusted(run, "silence");
  const wish = readWish(run.flags);
  return runForTargets(run, undefined, (one, opened) => silenceOrGoOn(one, opened, wish));
}

/** Errors of a server that is away or broken. A refused login is none: somebody has to look at it. */
const away: ReadonlySet<KumaErrorCode> = new Set([
  "unreachable",
  "not-uptime-kuma",
  "stalled",
  "disconnected",
  "incomplete",
]);

async function silenceOrGoOn(run: Run<SilenceFlags>, opened: OpenConfig, wish: Wish): Promise<Outcome> {
  const { terminal, flags } = run;
  const config = await resolveConfiguration(run, opened, "hidden");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(run, config, config.findings);
  try {
    return await silence(run, config, wish);
  } catch (error) {
    if (flags.failOpen !== true || !(error instanceof KumaError) || !away.has(error.code)) throw error;
    terminal.alert(warningText(`nothing was silenced or ended (--fail-open): ${error.message}`, terminal.err.style));
    const outcome: Outcome = { type: "done" };
    const server = { url: "", version: "" };
    terminal.printDocument(createDocument("silences", outcome, { project: config.project, server }));
    return outcome;
  }
}

async function silence(run: Run<SilenceFlags>, config: Config, wish: Wish): Promise<Outcome> {
  const { context, terminal } = run;
  const { project } = config;
  const client = await connect(await readConnection(run, config));
  try {
    const done = await carryOut(run, { client, project, wish });
    const outcome: Outcome = { type: "done" };
    const { url, version } = client.server;
    const body: SilencesBody = { project, server: { url, version }, ...done };
    if (wish.type === "list") {
      const now = await untilAborted(client.clock(), context.signal);
      terminal.print(silencesText(terminal.withoutSecrets(body.silences ?? [], silencePlaces), now, terminal.out));
    }
    if (body.started !== undefined) {
      terminal.print(startedSilenceText(terminal.withoutSecrets(body.started, silencePlaces), terminal.out));
    }
    const ended = terminal.withoutSecrets(body.ended ?? [], silencePlaces);
    terminal.print(endedSilencesText(ended, body.missing ?? [], terminal.out));
    terminal.printDocument(createDocument("silences", outcome, body));
    return outcome;
  } finally {
    await client.close();
  }
}

interface Asked {
  readonly client: KumaClient;
  readonly project: string;
  readonly wish: Wish;
}

type Done = Pick<SilencesBody, "started" | "ended" | "missing" | "silences">;

async function carryOut({ context, flags }: Run<SilenceFlags>, { client, project, wish }: Asked): Promise<Done> {
  if (wish.type === "start") {
    const managed = await untilAborted(managedMonitors(client, project), context.signal);
    const monitors = chooseMonitors(managed, flags.keys);
    const { id, reason, seconds } = wish;
    const request = { project, id, reason, seconds, monitors };
    const started = await context.whileWriting(() => startSilence(client, request));
    return { started: shown(started) };
  }
  const silences = await untilAborted(ownSilences(client, project), context.signal);
  if (wish.type === "list") return { silences: silences.map(shown) };
  const ended = silences.filter(({ id }) => wish.ids.includes(id));
  await context.whileWriting(() => endSilences(client, ended));
  const missing = wish.ids.filter((id) => !ended.some((one) => one.id === id));
  return { ended: ended.map(shown), missing };
}

function shown({ maintenance: _maintenance, ...rest }: OwnSilence): Silence {
  return rest;
}
