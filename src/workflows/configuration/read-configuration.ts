/** Reads the configuration that the flags name. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Config, SecretUse } from "../../config/config.ts";
import { openConfig, type OpenConfig } from "../../config/load.ts";
import { kinds } from "../../kinds/index.ts";
import { UsageError } from "../../model/errors.ts";
import type { ConfigFlags, ServerFlags, TargetFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { refuseKeys } from "./refuse-keys.ts";
import { chooseTarget } from "../targets/choose-targets.ts";

/** Flags that decide what is read, and for which server. */
export type ReadFlags = ConfigFlags & TargetFlags & Pick<ServerFlags, "passwordStdin">;

/** For a command that works on one target. Throws UsageError for contradicting flags. */
export async function readConfiguration(run: Run<ReadFlags>, secrets: SecretUse): Promise<Config> {
  return resolveConfiguration(run, await openConfiguration(run), secrets);
}

/**
 * Reads and parses the files, for any number of targets; `texts` as in ConfigSource. Throws UsageError for flags that
 * contradict each other.
 */
export async function openConfiguration(
  { context, flags }: Run<ReadFlags>,
  texts?: ReadonlyMap<string, string>,
): Promise<OpenConfig> {
  const { file = [], files = [], var: vars = {}, fileRoot: fileRoots = [], passwordStdin = false } = flags;
  const { cwd, env, stdin } = context;
  refuseKeys(files, cwd);
  const paths = [...file, ...files];
  if (passwordStdin && paths.includes("-")) {
    throw new UsageError("stdin cannot hold both the configuration and the password", "set KUMA_SYNC_PASSWORD_FILE");
  }
  for (const root of fileRoots) refuseNoFolder(root, cwd);
  const given = texts === undefined ? {} : { texts };
  const source = { paths, cwd, env, vars, fileRoots, ...given, readStdin: () => stdin.readText() };
  return context.whileBusy(() => openConfig(source, kinds));
}

function refuseNoFolder(root: string, cwd: string): void {
  const about = statSync(resolve(cwd, root), { throwIfNoEntry: false });
  if (about?.isDirectory() === true) return;
  throw new UsageError(`--file-root: "${root}" is ${about === undefined ? "not there" : "not a folder"}`);
}

/** The configuration for the one target that the flags name. The redactor knows its secrets from here on. */
export function resolveConfiguration(run: Run<ReadFlags>, opened: OpenConfig, secrets: SecretUse): Promise<Config> {
  const { target = [], allTargets = false } = run.flags;
  // Whether the flags must name a target is checked later, after errors in the files.
  const name = target.length > 0 || allTargets ? chooseTarget(opened.targets, run.flags) : undefined;
  return resolveForTarget(run, opened, { target: name, secrets });
}

/** Without a target: with the variables that name none. The redactor knows its secrets from here on. */
export async function resolveForTarget(
  { context }: Run,
  opened: OpenConfig,
  { target, secrets }: { readonly target: string | undefined; readonly secrets: SecretUse },
): Promise<Config> {
  const { redactor, whileBusy } = context;
  const config = await whileBusy(() => opened.resolve({ ...(target === undefined ? {} : { target }), secrets }));
  redactor.add(config.secrets);
  return config;
}
