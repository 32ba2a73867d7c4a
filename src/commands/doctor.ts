/**
 * `doctor`: sends the requests of the monitors to the services of the configuration, or to one Open WebUI, once and with
 * their keys, and explains the answers.
 */
import { KumaError, UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Advice } from "../services/diagnosis.ts";
import { diagnose } from "../services/open-webui/doctor/doctor.ts";
import { fetchPort } from "../services/requests/fetch-port.ts";
import { createDocument } from "../output/json.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import {
  addConfigFlags,
  addFileArguments,
  addOpenWebUIFlags,
  addOutputFlags,
  addTargetFlag,
  addText,
} from "../run/declare-flags.ts";
import { findingNoteText } from "../output/human/note.ts";
import { renderDiagnosis } from "../output/human/diagnosis.ts";
import type { ConfigFlags, OutputFlags, TargetFlag } from "../run/flags.ts";
import { vulnerableJsonata } from "../workflows/configuration/vulnerable-jsonata.ts";
import { userNameFindings, usernameOf } from "../workflows/connection/user-name-findings.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { isSet } from "../workflows/connection/target-connection.ts";
import { isCookieLine } from "../kuma/capabilities.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import type { Finding } from "../model/finding.ts";
import {
  readOpenWebUIKey,
  readOpenWebUIUrl,
  usualTimeoutMs,
  type OpenWebUIFlags,
} from "../workflows/open-webui/open-webui-target.ts";
import { readConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { diagnoseServices } from "../workflows/services/diagnose-services.ts";
import { hasErrors } from "../model/finding.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import type { Run } from "../run/run.ts";

interface DoctorFlags extends ConfigFlags, OutputFlags, OpenWebUIFlags, TargetFlag {
  readonly model?: readonly string[];
  readonly completions?: boolean;
  readonly apiKeyHeader?: string;
}

export const doctorCommand: CommandDefinition<DoctorFlags> = {
  help: `
Makes the requests of the monitors once, with their keys, for each service of
the configuration, and says what is in the way: the service, the key, the
provider behind it, the weights. With --open-webui it asks that one Open WebUI
instead, with the key in OPEN_WEBUI_API_KEY. Shows no key and no answer. Not for
untrusted files: refuses when KUMA_SYNC_UNTRUSTED=1.

Examples:
  kuma-sync doctor
  kuma-sync doctor models.yaml --completions
  kuma-sync doctor --open-webui http://localhost:8080
  kuma-sync doctor --open-webui http://localhost:8080 --model gpt-4o

Exit codes: 0 nothing is in the way, 9 something is wrong, 7 nothing answers.
`,
  declare: (command) =>
    addOutputFlags(
      addOpenWebUIFlags(
        addTargetFlag(
          addConfigFlags(
            addFileArguments(command).option("--completions", "also ask each model for an answer, which costs tokens"),
          ),
        ),
      )
        .option("--model <id>", "with --open-webui: a model to watch; may be repeated", addText)
        .option("--api-key-header <name>", "with --open-webui: send the key in this header (default: Authorization)"),
    ),
  run: runDoctor,
};

async function runDoctor(run: Run<DoctorFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  refuseUntrusted(run, "doctor");
  if (flags.openWebui === undefined) {
    if (flags.model !== undefined || flags.apiKeyHeader !== undefined) {
      throw new UsageError("--model and --api-key-header go with --open-webui", "a block says both for its service");
    }
    return diagnoseConfiguration(run);
  }
  const url = readOpenWebUIUrl(run, flags.openWebui);
  const apiKey = await readOpenWebUIKey(run);
  const { model: models = [], apiKeyHeader, completions: wantsCompletions = false, timeout = usualTimeoutMs } = flags;
  const port = fetchPort({ timeoutMs: timeout, signal: context.signal });
  terminal.status("asking Open WebUI");
  const asking = diagnose(port, { url, apiKey, apiKeyHeader, models, wantsCompletions });
  const diagnosis = await untilAborted(asking, context.signal);
  const findings = await findingsOfServer(run);
  const outcome = outcomeOf(diagnosis.advice);
  terminal.print(renderDiagnosis({ title: "Open WebUI", ...diagnosis }, terminal.out.style));
  if (apiKey === undefined) terminal.note("Set OPEN_WEBUI_API_KEY: without it only what needs no key was asked.\n");
  if (!terminal.isJson) for (const finding of findings) terminal.note(findingNoteText(finding));
  const body = findings.length === 0 ? diagnosis : { ...diagnosis, findings };
  terminal.printDocument(createDocument("diagnosis", outcome, body));
  return outcome;
}

async function diagnoseConfiguration(run: Run<DoctorFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { completions: wantsCompletions = false, timeout = usualTimeoutMs } = flags;
  const config = await readConfiguration(run, "real");
  if (hasErrors(config.findings)) return refuseInvalid(run, config, config.findings);
  if (config.services.length === 0) {
    const hint = "add a block under services:, or give --open-webui and an address";
    throw new UsageError("the configuration has no services to ask", hint);
  }
  const port = fetchPort({ timeoutMs: timeout, signal: context.signal });
  const asking = diagnoseServices(run, config, { port, wantsCompletions });
  const services = await untilAborted(asking, context.signal);
  const findings = await findingsOfServer(run);
  const outcome = outcomeOf(services.flatMap(({ advice }) => advice));
  terminal.print(services.map((service) => renderDiagnosis(service, terminal.out.style)).join("\n"));
  if (!terminal.isJson) for (const finding of findings) terminal.note(findingNoteText(finding));
  const shown = services.map(({ title: _title, ...service }) => service);
  terminal.printDocument(
    createDocument("diagnosis", outcome, { services: shown, ...(findings.length === 0 ? {} : { findings }) }),
  );
  return outcome;
}

/**
 * Findings about the Uptime Kuma that the environment names. Empty if it names none, or if connecting needs an answer
 * from a person.
 */
async function findingsOfServer(run: Run<DoctorFlags>): Promise<readonly Finding[]> {
  if (!isSet(run.context.env, "KUMA_SYNC_URL")) return [];
  try {
    const { timeout } = run.flags;
    const flags = { input: false, ...(timeout !== undefined && { timeout }) };
    const connection = await readConnection({ ...run, flags });
    const reader = await connectReadOnly(connection);
    const { version } = reader.server;
    await reader.close();
    const ofName = isCookieLine(version) ? [] : userNameFindings(usernameOf(connection.credentials));
    return [...vulnerableJsonata(version), ...ofName];
  } catch {
    return [];
  }
}

/** "unreachable" if nothing worse is known than that nothing answers. */
function outcomeOf(advice: readonly Advice[]): Outcome {
  const errors = advice.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return { type: "done" };
  if (errors.some(({ code }) => code !== "unreachable")) return { type: "not-up" };
  return { type: "failed", error: new KumaError("unreachable", first.message) };
}
