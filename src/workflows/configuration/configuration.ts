/** From flags to a configuration, and from findings to what the user sees of them. */
import { findingPlaces } from "../../secrets/data-places.ts";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { toDesired } from "../../config/desired.ts";
import { openConfig, type OpenConfig } from "../../config/load.ts";
import type { Config, SecretUse } from "../../config/config.ts";
import { kinds } from "../../kinds/index.ts";
import type { Desired } from "../../model/entity.ts";
import { UsageError } from "../../model/errors.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { hasErrors, type Finding } from "../../model/finding.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { renderFindings } from "../../output/human/findings.ts";
import type { FindingsData } from "../../model/report-data.ts";
import type { Context } from "../../run/context.ts";
import type { ConfigFlags, ServerFlags, TargetFlags } from "../../run/flags.ts";
import { onServer } from "./vulnerable-jsonata.ts";
import { publish, type Publication } from "../reports/reports.ts";
import { chooseTarget } from "../targets/choose-targets.ts";
import type { Terminal } from "../../run/terminal.ts";

/** Flags that say what is read, and for which server. */
export type ReadFlags = ConfigFlags & TargetFlags & Pick<ServerFlags, "passwordStdin">;

/** As it is for the one target that the flags name. From here on its secrets are known to the redactor. */
export async function readConfiguration(flags: ReadFlags, context: Context, secrets: SecretUse): Promise<Config> {
  const opened = await openConfiguration(flags, context, secrets);
  const isChosen = (flags.target ?? []).length > 0 || flags.allTargets === true;
  // That there is a choice, and nobody made it, is told once the files are right.
  return resolveFor(isChosen ? chooseTarget(opened.targets, flags) : undefined, opened, context);
}

/** Throws UsageError for flags that cannot be meant. */
export async function openConfiguration(
  { file = [], var: vars = {}, fileRoot: fileRoots = [], passwordStdin = false }: ReadFlags,
  context: Context,
  secrets: SecretUse,
): Promise<OpenConfig> {
  if (passwordStdin && file.includes("-")) {
    throw new UsageError("stdin cannot hold both the configuration and the password", "set KUMA_SYNC_PASSWORD_FILE");
  }
  const { cwd, env, stdin } = context;
  for (const root of fileRoots) refuseNoFolder(root, cwd);
  const source = { paths: file, cwd, env, vars, fileRoots, secrets, readStdin: () => stdin.readText() };
  return context.whileBusy(() => openConfig(source, kinds));
}

function refuseNoFolder(root: string, cwd: string): void {
  const about = statSync(resolve(cwd, root), { throwIfNoEntry: false });
  if (about?.isDirectory() === true) return;
  throw new UsageError(`--file-root: "${root}" is ${about === undefined ? "not there" : "not a folder"}`);
}

export async function resolveFor(
  target: string | undefined,
  opened: OpenConfig,
  { redactor, whileBusy }: Context,
): Promise<Config> {
  const config = await whileBusy(() => opened.resolve(target));
  redactor.add(config.secrets);
  return config;
}

export interface Checked {
  /** Undefined when there are errors. */
  readonly desired: Desired | undefined;
  /** All of them, those of the loading included. */
  readonly findings: readonly Finding[];
}

/** What is left to find once the server's version is known. The configuration must be free of errors so far. */
export function checkForServer(config: Config, server: ServerInfo): Checked {
  const { desired, findings } = toDesired(config, server);
  const all = [...onServer(config.findings, server.version), ...findings];
  return { desired: hasErrors(all) ? undefined : desired, findings: all };
}

/** The end of a run whose configuration has errors: nothing was written. */
export function refuseInvalid(
  config: Config,
  findings: readonly Finding[],
  publication: Publication,
): Promise<Outcome> {
  return publish(tellInvalid(config, findings, publication.terminal), publication);
}

/** The same for a caller that has more to say: the text is on stderr, the data is for the documents. */
export function tellInvalid(config: Config, findings: readonly Finding[], terminal: Terminal): FindingsData {
  const { project, sources } = config;
  if (!terminal.isJson) terminal.alert(findingsText(config, findings, terminal));
  return { type: "findings", outcome: { type: "invalid" }, project, findings, sources };
}

/** Warnings go to stderr, notes are for `validate`; in JSON format both are in the document. */
export function showWarnings(config: Config, findings: readonly Finding[], terminal: Terminal): void {
  const shown = findings.filter(({ severity }) => severity !== "info");
  if (shown.length > 0 && !terminal.isJson) terminal.alert(`${findingsText(config, shown, terminal)}\n`);
}

/** As stderr shows them, or stdout with `stream`. */
export function findingsText(
  { sources }: Config,
  findings: readonly Finding[],
  terminal: Terminal,
  stream: "out" | "err" = "err",
): string {
  return renderFindings(terminal.withoutSecrets(findings, findingPlaces), { ...terminal[stream], sources });
}
