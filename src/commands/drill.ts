/** `drill`: breaks what copies of the monitors watch, on a real Uptime Kuma, and waits for the alarm. */
import { drillState, type DrilledMonitor } from "../model/drilled-monitor.ts";
import { MachineError, UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import type { DrillData } from "../model/report-data.ts";
import { renderDrill } from "../output/human/drill.ts";
import { renderRefusal } from "../output/human/refusal.ts";
import { reportFormats } from "../output/report-format.ts";
import type { CommandDefinition } from "../run/command.ts";
import {
  addConfigFlags,
  addConnectionFlags,
  addReportFlags,
  addSecretsFlag,
  addTargetFlag,
  parseDuration,
} from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ReportFlags, SecretsFlag, ServerFlags, TargetFlag } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { drilledPlaces } from "../secrets/data-places.ts";
import { readConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid, showWarnings } from "../workflows/configuration/show-findings.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { drillInSandbox, type DrillRequest } from "../workflows/drills/in-sandbox.ts";
import { parseListenAddress } from "../workflows/drills/listen-address.ts";
import { drillOnServer } from "../workflows/drills/on-server.ts";
import { chosenMonitors } from "../workflows/drills/plan-drills.ts";
import { publish } from "../workflows/reports/publish.ts";

interface DrillFlags extends ConfigFlags, SecretsFlag, OutputFlags, ReportFlags, TargetFlag, ServerFlags {
  readonly keys?: readonly string[];
  readonly sandbox?: boolean;
  readonly onServer?: boolean;
  /** `HOST:PORT`. */
  readonly listen?: string;
  readonly notify?: boolean;
  readonly all?: boolean;
}

/** Milliseconds for all copies. */
const usualLimitMs = 600_000;
/** Each is several monitors on a server that others use. */
const mostOnServer = 10;

export const drillCommand: CommandDefinition<DrillFlags> = {
  help: `
A fire drill. Copies of the monitors ask a listener on this machine, which
answers well, then badly, then well again. What Uptime Kuma shows must be what
\`test\` says, and a notification must arrive.

Examples:
  kuma-sync drill --sandbox                   all monitors, a throwaway server
  kuma-sync drill api --sandbox --all         every broken response there is
  kuma-sync drill --sandbox --report junit=drill.xml
  kuma-sync drill api --on-server --listen 192.0.2.10:8099

--on-server puts copies on your server and deletes them at the end; your
monitors stay as they are. With --notify one copy of each monitor also sends
its real notifications, whose text begins with "[DRILL".

Exit codes: 0 all alarms came, 9 a monitor did not go down for what \`test\` says
it detects, or nobody was notified, 1 the server judged otherwise than \`test\`,
3 invalid configuration, 5 the server does not reach the listener, 6 another run
is writing, 7 cannot connect or log in.
`,
  reportsOf: "drill",
  declare: (command) =>
    addReportFlags(
      addTargetFlag(
        addConnectionFlags(
          addSecretsFlag(
            addConfigFlags(
              command
                .argument("[keys...]", "monitors by key or pattern, such as api or web-*; default: all")
                .option("--sandbox", "on a throwaway Uptime Kuma, which is started for it")
                .option("--on-server", "on the real server, with copies of the monitors that are named")
                .option("--listen <host:port>", "with --on-server: where the server reaches this machine")
                .option("--notify", "with --on-server: send the real notifications too")
                .option("--all", "every broken response, not a selection")
                .option(
                  "--timeout <time>",
                  "longest time for all copies together, and for each step of a connection (default: 10m)",
                  parseDuration,
                ),
            ),
            "use",
          ),
        ),
      ),
      reportFormats.drill,
    ),
  run: runDrillCommand,
};

async function runDrillCommand(run: Run<DrillFlags>): Promise<Outcome> {
  const { flags, context } = run;
  const { onServer = false } = flags;
  refuseFlags(flags);
  refuseUntrusted(run, "drill");
  const started = context.now();
  const withheld = onServer ? "hidden" : "withheld";
  const config = await readConfiguration(run, flags.withSecrets === true ? "real" : withheld);
  if (hasErrors(config.findings)) return refuseInvalid(run, config, config.findings);
  showWarnings(run, config, config.findings);
  const choice = { keys: flags.keys ?? [], isAll: flags.all === true };
  const chosen = chosenMonitors(config, choice.keys);
  const request = { config, choice, limitMs: flags.timeout ?? usualLimitMs };
  if (onServer) return drillReal(run, request, { chosen: chosen.length, started });
  const { monitors, version } = await drillInSandbox(run, request);
  const { project } = config;
  return finish(run, {
    type: "drill",
    project,
    on: "sandbox",
    server: { version },
    monitors,
    ms: context.now() - started,
  });
}

function refuseFlags({ sandbox = false, onServer = false, listen, notify = false, keys = [] }: DrillFlags): void {
  if (sandbox === onServer) {
    const hint = "--sandbox starts a throwaway server; --on-server puts copies on yours";
    throw new UsageError(sandbox ? "--sandbox and --on-server exclude each other" : "a drill needs a server", hint);
  }
  if (!onServer && (listen !== undefined || notify)) {
    throw new UsageError(
      `${notify ? "--notify" : "--listen"} is for --on-server; a sandbox needs no address and notifies nobody`,
    );
  }
  if (onServer && listen === undefined) {
    throw new UsageError("--on-server needs --listen HOST:PORT", "an address of this machine that the server reaches");
  }
  if (onServer && keys.length === 0) {
    throw new UsageError(
      "--on-server is for monitors that are named",
      "give one or a few keys, such as: kuma-sync drill api --on-server …",
    );
  }
}

async function drillReal(
  run: Run<DrillFlags>,
  request: DrillRequest,
  { chosen, started }: { readonly chosen: number; readonly started: number },
): Promise<Outcome> {
  const { context, terminal, flags } = run;
  if (chosen > mostOnServer) {
    throw new UsageError(
      `the keys name ${chosen} monitors; on a real server at most ${mostOnServer} are drilled at once`,
      "name fewer, or use --sandbox",
    );
  }
  const listen = parseListenAddress(flags.listen ?? "");
  const connection = await readConnection(run, request.config);
  const drilled = await drillOnServer(run, { ...request, connection, listen, notifies: flags.notify === true });
  const { project } = request.config;
  if (drilled.state === "busy") {
    const { refusal } = drilled;
    terminal.alert(renderRefusal(refusal, terminal.err.style));
    const error = {
      kind: "refused",
      message: refusal.refusal,
      ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    } as const;
    return publish(run, { type: "error", outcome: { type: "stale" }, error });
  }
  const { url, version, monitors } = drilled;
  return finish(run, {
    type: "drill",
    project,
    on: "server",
    server: { url, version },
    monitors,
    ms: context.now() - started,
  });
}

function finish(run: Run<DrillFlags>, drilled: Omit<DrillData, "outcome">): Promise<Outcome> {
  const { terminal, flags } = run;
  const { monitors, ms } = drilled;
  const shown = terminal.withoutSecrets(monitors, drilledPlaces);
  terminal.print(renderDrill(shown, { ...terminal.out, ms, isFull: terminal.isVerbose }));
  return publish(run, { ...drilled, outcome: outcomeOf(monitors, flags.keys ?? []) });
}

/** A monitor that was named and could not be drilled is not proven either. */
function outcomeOf(monitors: readonly DrilledMonitor[], keys: readonly string[]): Outcome {
  const states = monitors.map(drillState);
  if (states.includes("fail") || (keys.length > 0 && states.includes("skipped"))) return { type: "not-up" };
  if (!states.includes("disagree")) return { type: "done" };
  return {
    type: "failed",
    error: new MachineError("the server judged otherwise than the engine of test: a bug of kuma-sync"),
  };
}
