/** `doctor`: one round of requests to an Open WebUI with the key of its monitors, and plain advice on what came back. */
import { KumaError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { diagnose, type Diagnosis } from "../services/open-webui/doctor/doctor.ts";
import { fetchPort } from "../services/open-webui/requests/fetch-port.ts";
import { createDocument } from "../output/json.ts";
import { findingsOfServer } from "../workflows/connection/configured-server.ts";
import { untilAborted, type Context } from "../run/context.ts";
import { diagnosisText } from "../workflows/open-webui/diagnosis-text.ts";
import type { OutputFlags } from "../run/flags.ts";
import { noteKnownHole } from "../workflows/configuration/vulnerable-jsonata.ts";
import {
  readOpenWebUIKey,
  readOpenWebUIUrl,
  usualTimeoutMs,
  type OpenWebUIFlags,
} from "../workflows/open-webui/open-webui-target.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { createTerminal } from "../run/terminal.ts";

export interface DoctorFlags extends OutputFlags, OpenWebUIFlags {
  readonly model?: readonly string[];
  readonly completions?: boolean;
  readonly apiKeyHeader?: string;
}

export async function runDoctor(context: Context, flags: DoctorFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  refuseUntrusted("doctor", context);
  const url = readOpenWebUIUrl(flags.openWebui, context);
  const apiKey = await readOpenWebUIKey(context);
  const { model: models = [], apiKeyHeader, completions: wantsCompletions = false, timeout = usualTimeoutMs } = flags;
  const port = fetchPort({ timeoutMs: timeout, signal: context.signal });
  terminal.status("asking Open WebUI");
  const asking = diagnose(port, { url, apiKey, apiKeyHeader, models, wantsCompletions });
  const diagnosis = await untilAborted(asking, context.signal).finally(() => terminal.clearStatus());
  const findings = await findingsOfServer(context, flags, terminal).finally(() => terminal.clearStatus());
  const outcome = outcomeOf(diagnosis);
  terminal.print(diagnosisText(diagnosis, terminal.out.style));
  if (apiKey === undefined) terminal.note("Set OPEN_WEBUI_API_KEY: without it only what needs no key was asked.\n");
  noteKnownHole(findings, terminal);
  const body = findings.length === 0 ? diagnosis : { ...diagnosis, findings };
  terminal.printDocument(createDocument("diagnosis", outcome, body));
  return outcome;
}

function outcomeOf({ advice }: Diagnosis): Outcome {
  const unreachable = advice.find(({ code }) => code === "unreachable");
  if (unreachable !== undefined) return { type: "failed", error: new KumaError("unreachable", unreachable.message) };
  return { type: advice.some(({ severity }) => severity === "error") ? "not-up" : "done" };
}
