/** `init --detect`: writes blocks for the services that are recognised at some addresses. */
import { defaultFile } from "../../config/source/find-files.ts";
import { KumaError } from "../../model/errors.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { credentialsText, renderDetected, unknownAnswerText } from "../../output/human/detected.ts";
import { createDocument } from "../../output/json.ts";
import { untilAborted } from "../../run/until-aborted.ts";
import type { OutputFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { urlSecrets } from "../../secrets/url-credentials.ts";
import { writeServicesConfig } from "../../services/init/services-config.ts";
import { fetchPort } from "../../services/requests/fetch-port.ts";
import type { ServiceAnswer } from "../../services/requests/ask.ts";
import { loadService, serviceTitle, webServiceTypes } from "../../services/services.ts";
import { refuseExisting } from "../files/refuse-existing.ts";
import { writeNewFiles } from "../files/write-files.ts";
import { detectService, readAddress, type Detected } from "./detect-service.ts";

export interface DetectFlags extends OutputFlags {
  readonly detect?: readonly string[];
  readonly out: string;
  readonly project?: string;
  /** Milliseconds, for each request. */
  readonly timeout?: number;
}

/** Milliseconds. Nothing that is asked has to load anything. */
const usualTimeoutMs = 10_000;

export async function initDetected(run: Run<DetectFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { out: path, project = "services", timeout = usualTimeoutMs, detect = [] } = flags;
  for (const text of detect) context.redactor.add(urlSecrets(text));
  const urls = [...new Set(detect.map(readAddress))];
  const port = fetchPort({ timeoutMs: timeout, signal: context.signal });
  const detected: Detected[] = [];
  for (const url of urls) {
    terminal.status(`asking what answers at ${url}`);
    detected.push(await untilAborted(detectService(port, url), context.signal));
  }
  for (const one of detected) if (one.type !== "known") terminal.note(noteOf(one));
  const known = detected.filter((one) => one.type === "known");
  const found = detected.map(shownOf);
  if (known.length === 0) return nothingFound(run, detected);
  const recognised = await Promise.all(
    known.map(async (one) => ({
      ...one,
      type: one.service,
      title: serviceTitle(one.service),
      service: await loadService(one.service),
    })),
  );
  const text = writeServicesConfig(recognised, project);
  const existing = await writeNewFiles(context, [{ path, text }]);
  if (existing !== undefined) return refuseExisting(run, "init", existing);
  const outcome: Outcome = { type: "done" };
  terminal.print(renderDetected({ path, isUsualFile: path === defaultFile, recognised }, terminal.out.style));
  if (detect.some((one) => urlSecrets(one).length > 0)) terminal.note(credentialsText);
  terminal.printDocument(createDocument("init", outcome, { path, detected: found }));
  return outcome;
}

function nothingFound({ terminal, flags }: Run<DetectFlags>, detected: readonly Detected[]): Outcome {
  const known = webServiceTypes.map(serviceTitle).join(", ");
  const isSilent = detected.every(({ type }) => type === "unreachable");
  const message = isSilent
    ? "nothing answers there; nothing was written"
    : "no service was recognised; nothing was written";
  const hint = isSilent
    ? "see whether the addresses are right from here"
    : `known are ${known}; watch anything else by monitors of your own`;
  const outcome: Outcome = isSilent
    ? { type: "failed", error: new KumaError("unreachable", message, { hint }) }
    : { type: "not-up" };
  terminal.note(isSilent ? "" : `${message} (${hint})\n`);
  if (!isSilent) {
    const body = { path: flags.out, detected: detected.map(shownOf), refusal: message };
    terminal.printDocument(createDocument("init", outcome, body));
  }
  return outcome;
}

function noteOf(one: Exclude<Detected, { readonly type: "known" }>): string {
  const what = one.type === "unreachable" ? `nothing answers (${one.code})` : rootWords(one.root);
  return unknownAnswerText(one.address, what, one.type === "unknown");
}

/** What `GET /` was answered. */
function rootWords(root: ServiceAnswer): string {
  if (root.type === "unreachable") return `nothing answers (${root.code})`;
  if (root.type === "redirect") return `everything is sent on to ${root.host === "" ? "another page" : root.host}`;
  const status = `status ${root.status}`;
  if (root.type === "page")
    return `a web page answers, ${status}${root.title === "" ? "" : `, "${root.title.slice(0, 60)}"`}`;
  return root.type === "json" ? `JSON answers, ${status}` : `a text answers, ${status}`;
}

function shownOf(one: Detected): object {
  const { address: url } = one;
  if (one.type !== "known") return { url };
  return { url, type: one.service, ...(one.version === undefined ? {} : { version: one.version }) };
}
