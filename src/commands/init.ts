/** `init`: a first `monitors.yaml` for an Open WebUI, with what it says of itself. Never writes over a file. */
import { defaultFile } from "../config/source/find-files.ts";
import { KumaError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { fetchPort } from "../services/open-webui/requests/fetch-port.ts";
import { writeStarterConfig } from "../services/open-webui/init/starter-config.ts";
import { readInstance, type Instance } from "../services/open-webui/requests/read-instance.ts";
import { plural } from "../output/words/counts.ts";
import { inert } from "../output/inert.ts";
import { createDocument } from "../output/json.ts";
import { checkProject } from "../workflows/files/check-project.ts";
import { isInteractive, untilAborted, type Context } from "../run/context.ts";
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
import { createTerminal, type Terminal } from "../run/terminal.ts";

export interface InitFlags extends OutputFlags, OpenWebUIFlags {
  readonly out: string;
  readonly project?: string;
  /** Ids of the models to watch. */
  readonly model?: readonly string[];
  /** False with --no-input. */
  readonly input: boolean;
}

export async function runInit(context: Context, flags: InitFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const { out: path, project } = flags;
  // Before anything is asked; the write below looks again.
  if (findExisting([path], context.cwd) !== undefined) return refuseExisting("init", path, terminal);
  checkProject(project);
  const watch = [...new Set(flags.model)];
  const address = flags.openWebui ?? (await askUrl(context, flags));
  const isAsked = address !== undefined || watch.length === 0;
  if (isAsked) refuseUntrusted("init --open-webui", context);
  const url = isAsked ? readOpenWebUIUrl(address, context) : usualUrl;
  const instance: Instance = isAsked ? await readFrom(url, { context, flags, terminal }) : nothingKnown;
  const text = writeStarterConfig({ url, ...instance, watch, project });
  const existing = await writeNewFiles([{ path, text }], context);
  if (existing !== undefined) return refuseExisting("init", existing, terminal);
  const outcome: Outcome = { type: "done" };
  const { version, models } = instance;
  const ids = models?.map(({ id }) => id);
  const unseen = watch.filter((id) => ids?.includes(id) === false);
  for (const id of unseen)
    terminal.note(`note: the account does not see ${inert(id)}: grant it, or look at its name\n`);
  terminal.print(doneText({ path, instance, hasKey: watch.length > 0 || models !== undefined, isAsked }, terminal));
  terminal.printDocument(createDocument("init", outcome, { path, version, models: ids }));
  return outcome;
}

/** Where a container of Open WebUI answers to its neighbours, as its own documentation has it. */
const usualUrl = "http://open-webui:8080";
const nothingKnown: Instance = { version: undefined, models: undefined };

async function readFrom(
  url: string,
  { context, flags, terminal }: { readonly context: Context; readonly flags: InitFlags; readonly terminal: Terminal },
): Promise<Instance> {
  const apiKey = (await readOpenWebUIKey(context)) ?? (await askKey(context, flags));
  const port = fetchPort({ timeoutMs: flags.timeout ?? usualTimeoutMs, signal: context.signal });
  terminal.status("asking Open WebUI for its release and models");
  const reading = readInstance(port, { url, apiKey });
  const instance = await untilAborted(reading, context.signal).finally(() => terminal.clearStatus());
  if (instance.version === undefined && instance.models === undefined) {
    const hint = `see what "kuma-sync doctor --open-webui ${url}" says of it`;
    throw new KumaError("unreachable", `no Open WebUI answers at ${url}; nothing was written`, { hint });
  }
  return instance;
}

async function askUrl(context: Context, flags: InitFlags): Promise<string | undefined> {
  if (!isInteractive(context, flags)) return undefined;
  return context.ask("Address of Open WebUI, as Uptime Kuma reaches it (such as http://open-webui:8080): ");
}

/** Only somebody who was asked for the address is asked for the key: with flags, its absence is a choice. */
async function askKey(context: Context, flags: InitFlags): Promise<string | undefined> {
  if (flags.openWebui !== undefined || !isInteractive(context, flags)) return undefined;
  const question = "API key of the account for monitoring (not written anywhere; Enter for none yet): ";
  const typed = (await context.ask(question, { isSecret: true })).trim();
  if (typed === "") return undefined;
  context.redactor.add([typed]);
  return typed;
}

interface Written {
  readonly path: string;
  readonly instance: Instance;
  /** Whether the file refers to one. */
  readonly hasKey: boolean;
  readonly isAsked: boolean;
}

function doneText({ path, instance, hasKey, isAsked }: Written, { out }: Terminal): string {
  const { style } = out;
  const { version, models } = instance;
  const file = path === defaultFile ? "" : ` -f ${inert(path)}`;
  const release = version === undefined ? "" : ` ${inert(version)}`;
  const seen = models === undefined ? "its models were not listed" : `found ${plural(models.length, "model")}`;
  const about = isAsked ? `for Open WebUI${release}, ${seen}` : `for an Open WebUI at ${usualUrl}, which was not asked`;
  return [
    `${style.green("Written:")} ${inert(path)}, ${about}.`,
    "",
    "Next:",
    ...(isAsked ? [] : ["  look at the url, and write the release that it has"]),
    ...(hasKey
      ? ["  put the key into the environment, as OPEN_WEBUI_API_KEY"]
      : ["  make a key for an account with the role user, and take in what is commented out"]),
    `  kuma-sync validate${file}`,
    `  kuma-sync plan${file}`,
    "",
  ].join("\n");
}
