/**
 * `init`: writes a first `monitors.yaml` for an Open WebUI, whose release and models it reads, or for the services that it
 * recognises at some addresses. Never overwrites a file.
 */
import { defaultFile } from "../config/source/find-files.ts";
import { KumaError, UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { fetchPort } from "../services/requests/fetch-port.ts";
import { writeStarterConfig } from "../services/open-webui/init/starter-config.ts";
import { readInstance, type Instance } from "../services/open-webui/requests/read-instance.ts";
import { invisibleModelText, renderInit } from "../output/human/init.ts";
import { createDocument } from "../output/json.ts";
import { checkProject } from "../workflows/configuration/check-project.ts";
import type { CommandDefinition } from "../run/command.ts";
import { isInteractive } from "../run/is-interactive.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addOpenWebUIFlags, addOutputFlags, addText } from "../run/declare-flags.ts";
import type { OutputFlags } from "../run/flags.ts";
import { findExisting, writeNewFiles } from "../workflows/files/write-files.ts";
import {
  readOpenWebUIKey,
  readOpenWebUIUrl,
  usualTimeoutMs,
  type OpenWebUIFlags,
} from "../workflows/open-webui/open-webui-target.ts";
import { refuseExisting } from "../workflows/files/refuse-existing.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import type { Run } from "../run/run.ts";

interface InitFlags extends OutputFlags, OpenWebUIFlags {
  readonly out: string;
  readonly project?: string;
  /** Addresses to recognise services at. */
  readonly detect?: readonly string[];
  /** Ids of the models to watch. */
  readonly model?: readonly string[];
  /** False with --no-input. */
  readonly input: boolean;
}

export const initCommand: CommandDefinition<InitFlags> = {
  help: `
Asks Open WebUI for its release and, with the key in OPEN_WEBUI_API_KEY, for the
models that the key's account sees. On a terminal it asks for what no flag says.
The key is not written. Models that are named with --model are enough: without
an address nothing is asked. --open-webui is not for untrusted files, and
refuses when KUMA_SYNC_UNTRUSTED=1.

--detect asks each address what answers there, without a key and with at most a
few requests, and writes a block for each service that it recognises.

Examples:
  kuma-sync init
  kuma-sync init --detect http://localhost:11434 http://localhost:4000
  kuma-sync init --open-webui http://localhost:8080 --out chat.yaml
  kuma-sync init --model gpt-4o --model llama3.1:latest

Exit codes: 0 written, 5 the file exists, 7 nothing answers, 9 what answers is
not known.
`,
  declare: (command) =>
    addOutputFlags(
      addOpenWebUIFlags(
        command
          .option("--out <file>", "where to write it; never overwrites a file", "monitors.yaml")
          .option("--detect <urls...>", "write blocks for the services that answer at these addresses")
          .option("--project <name>", "name of the project (default: open-webui, or services)")
          .option("--model <id>", "watch this model instead of the first ones found; may be repeated", addText)
          .option("--no-input", "never ask; implied when stdin is not a terminal or CI is set"),
      ),
    ),
  run: runInit,
};

type InitRun = Run<InitFlags>;

async function runInit(run: InitRun): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { out: path, project } = flags;
  // Checked before any question, and again when writing.
  if (findExisting(context, [path]) !== undefined) return refuseExisting(run, "init", path);
  checkProject(project);
  if (flags.detect !== undefined) {
    if (flags.openWebui !== undefined || flags.model !== undefined) {
      throw new UsageError("--detect goes with neither --open-webui nor --model", "it asks each address what it is");
    }
    refuseUntrusted(run, "init --detect");
    const { initDetected } = await import("../workflows/services/init-detected.ts");
    return initDetected(run);
  }
  const watch = [...new Set(flags.model)];
  const address = flags.openWebui ?? (await askUrl(run));
  const isAsked = address !== undefined || watch.length === 0;
  if (isAsked) refuseUntrusted(run, "init --open-webui");
  const url = isAsked ? readOpenWebUIUrl(run, address) : usualUrl;
  const instance: Instance = isAsked ? await askInstance(run, url) : unknownInstance;
  const text = writeStarterConfig({ url, ...instance, watch, project });
  const existing = await writeNewFiles(context, [{ path, text }]);
  if (existing !== undefined) return refuseExisting(run, "init", existing);
  const outcome: Outcome = { type: "done" };
  const { version, models } = instance;
  const ids = models?.map(({ id }) => id);
  const unseen = watch.filter((id) => ids?.includes(id) === false);
  for (const id of unseen) terminal.note(invisibleModelText(id));
  const written = {
    path,
    isUsualFile: path === defaultFile,
    url,
    isAsked,
    hasKey: watch.length > 0 || models !== undefined,
    version,
    modelCount: models?.length,
  };
  terminal.print(renderInit(written, terminal.out.style));
  terminal.printDocument(createDocument("init", outcome, { path, version, models: ids }));
  return outcome;
}

/** The address of an Open WebUI container for its neighbours, as in Open WebUI's own documentation. */
const usualUrl = "http://open-webui:8080";
const unknownInstance: Instance = { version: undefined, models: undefined };

async function askInstance(run: InitRun, url: string): Promise<Instance> {
  const { context, terminal, flags } = run;
  const apiKey = (await readOpenWebUIKey(run)) ?? (await askKey(run));
  const port = fetchPort({ timeoutMs: flags.timeout ?? usualTimeoutMs, signal: context.signal });
  terminal.status("asking Open WebUI for its release and models");
  const reading = readInstance(port, { url, apiKey });
  const instance = await untilAborted(reading, context.signal);
  if (instance.version === undefined && instance.models === undefined) {
    const hint = `see what "kuma-sync doctor --open-webui ${url}" says of it`;
    throw new KumaError("unreachable", `no Open WebUI answers at ${url}; nothing was written`, { hint });
  }
  return instance;
}

async function askUrl(run: InitRun): Promise<string | undefined> {
  if (!isInteractive(run)) return undefined;
  return run.context.ask("Address of Open WebUI, as Uptime Kuma reaches it (such as http://open-webui:8080): ");
}

/** Asks for the key only if it asked for the address. With flags, a missing key is intended. */
async function askKey(run: InitRun): Promise<string | undefined> {
  const { context, flags } = run;
  if (flags.openWebui !== undefined || !isInteractive(run)) return undefined;
  const question = "API key of the account for monitoring (not written anywhere; Enter for none yet): ";
  const typed = (await context.ask(question, { isSecret: true })).trim();
  if (typed === "") return undefined;
  context.redactor.add([typed]);
  return typed;
}
