/** `doctor`: sends the requests of the monitors to an Open WebUI once, with their key, and explains the answers. */
import { KumaError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Diagnosis } from "../services/diagnosis.ts";
import { diagnose } from "../services/open-webui/doctor/doctor.ts";
import { fetchPort } from "../services/requests/fetch-port.ts";
import { createDocument } from "../output/json.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addOpenWebUIFlags, addOutputFlags, addText } from "../run/declare-flags.ts";
import { findingNoteText } from "../output/human/note.ts";
import { renderDiagnosis } from "../output/human/diagnosis.ts";
import type { OutputFlags } from "../run/flags.ts";
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
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import type { Run } from "../run/run.ts";

interface DoctorFlags extends OutputFlags, OpenWebUIFlags {
  readonly model?: readonly string[];
  readonly completions?: boolean;
  readonly apiKeyHeader?: string;
}

export const doctorCommand: CommandDefinition<DoctorFlags> = {
  help: `
Makes the requests of the monitors once, with the key in OPEN_WEBUI_API_KEY, and
says what to change in Open WebUI. Shows no key and no answer. Not for untrusted
files: refuses when KUMA_SYNC_UNTRUSTED=1.

Examples:
  kuma-sync doctor --open-webui http://localhost:8080
  kuma-sync doctor --open-webui http://localhost:8080 --model gpt-4o

Exit codes: 0 nothing is in the way, 9 something is wrong, 7 nothing answers.
`,
  declare: (command) =>
    addOutputFlags(
      addOpenWebUIFlags(
        command
          .option("--model <id>", "a model to watch; may be repeated", addText)
          .option("--completions", "also ask each model for an answer, which costs tokens")
          .option("--api-key-header <name>", "send the key in this header (default: Authorization)"),
      ),
    ),
  run: runDoctor,
};

async function runDoctor(run: Run<DoctorFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  refuseUntrusted(run, "doctor");
  const url = readOpenWebUIUrl(run, flags.openWebui);
  const apiKey = await readOpenWebUIKey(run);
  const { model: models = [], apiKeyHeader, completions: wantsCompletions = false, timeout = usualTimeoutMs } = flags;
  const port = fetchPort({ timeoutMs: timeout, signal: context.signal });
  terminal.status("asking Open WebUI");
  const asking = diagnose(port, { url, apiKey, apiKeyHeader, models, wantsCompletions });
  const diagnosis = await untilAborted(asking, context.signal);
  const findings = await findingsOfServer(run);
  const outcome = outcomeOf(diagnosis);
  terminal.print(renderDiagnosis(diagnosis, terminal.out.style));
  if (apiKey === undefined) terminal.note("Set OPEN_WEBUI_API_KEY: without it only what needs no key was asked.\n");
  if (!terminal.isJson) for (const finding of findings) terminal.note(findingNoteText(finding));
  const body = findings.length === 0 ? diagnosis : { ...diagnosis, findings };
  terminal.printDocument(createDocument("diagnosis", outcome, body));
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

function outcomeOf({ advice }: Diagnosis): Outcome {
  const unreachable = advice.find(({ code }) => code === "unreachable");
  if (unreachable !== undefined) return { type: "failed", error: new KumaError("unreachable", unreachable.message) };
  return { type: advice.some(({ severity }) => severity === "error") ? "not-up" : "done" };
}
