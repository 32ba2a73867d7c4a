/** `--env-file`: variables beside those of the environment, which win. The operator names the files, so they may be anywhere. */
import { resolve } from "node:path";
import { isStream } from "../../config/source/is-stream.ts";
import { UsageError } from "../../model/errors.ts";
import type { Context } from "../../run/context.ts";
import { readNamedFile } from "../files/read-named-file.ts";
import { placeInFile, type EnvFileProblem } from "./env-file-problem.ts";
import { evaluateEnvFile } from "./evaluate-env-file.ts";
import { isOpenToOthers } from "./is-open-to-others.ts";

interface WithEnvFiles {
  readonly context: Context;
  /** A line each; none holds a part of a value. */
  readonly warnings: readonly string[];
}

/**
 * The context with the variables of all files: a later file wins over an earlier one, and the environment over all, also
 * where it is set and empty. Throws UsageError for a file that cannot be read or has mistakes.
 */
export async function withEnvFiles(context: Context, files: readonly string[]): Promise<WithEnvFiles> {
  if (files.filter((file) => file === "-").length > 1) throw new UsageError("--env-file: stdin can be read once");
  const values = new Map<string, string>();
  const warnings: string[] = [];
  for (const file of files) {
    const text = await textOf(file, context);
    const read = evaluateEnvFile(text, context.env, values);
    const where = (problem: EnvFileProblem): string => linesFor(file, text, problem);
    if (read.problems.length > 0) throw new UsageError(listed(read.problems.map(where)), hintOf(read.problems));
    refuseLocked(file, read.values);
    if (file !== "-" && isOpenToOthers(resolve(context.cwd, file), context.platform))
      warnings.push(`every user of this machine can read ${file}; chmod 600 closes it`);
    warnings.push(
      ...emptyInEnvironment(read.values, context.env).map(
        (name) => `${name} is set and empty in the environment, which wins over ${file}`,
      ),
    );
    warnings.push(...read.warnings.map((warning) => `${where(warning)}; ${warning.hint ?? ""}`));
    for (const [name, value] of read.values) values.set(name, value);
  }
  for (const [name, value] of Object.entries(context.env)) if (value !== undefined) values.set(name, value);
  const env = Object.fromEntries(values);
  return { context: { ...context, env, ...(files.includes("-") ? { stdin: usedStdin(context) } : {}) }, warnings };
}

function usedStdin({ stdin }: Context): Context["stdin"] {
  return { ...stdin, readText: refuseStdin };
}

async function refuseStdin(): Promise<never> {
  throw new UsageError("stdin cannot hold both the variables and something else", "put the variables in a file");
}

async function textOf(file: string, { cwd, stdin }: Context): Promise<string> {
  const text = file === "-" ? await stdin.readText() : await readNamedFile(file, cwd, { as: "--env-file" });
  // Save a file as UTF-16, as some shells of Windows do, and a password is another one.
  if (text.includes("\uFFFD")) throw new UsageError(`--env-file: "${file}" is not UTF-8`, "save it as UTF-8");
  const path = resolve(cwd, file);
  const isPipe = file === "-" || (isStream(path) && path !== "/dev/null");
  if (text !== "" || !isPipe) return text;
  const hint =
    file === "-"
      ? "the command before the pipe printed nothing"
      : "Node.js reads what follows --env-file before kuma-sync can; for a pipe write -e instead";
  throw new UsageError(`--env-file: "${file}" is empty`, hint);
}

/** Values that another program must open first: they would be sent as they are, as a password. */
function refuseLocked(file: string, values: ReadonlyMap<string, string>): void {
  if (values.has("sops_mac")) {
    const hint = "open it first: sops decrypt FILE | kuma-sync … -e -";
    throw new UsageError(`--env-file: "${file}" is encrypted by SOPS`, hint);
  }
  const [reference] = [...values].filter(([, value]) => value.startsWith("op://"));
  if (reference === undefined) return;
  const hint = "let 1Password fill them in: op run --env-file=FILE -- kuma-sync …, without -e";
  throw new UsageError(`--env-file: ${reference[0]} in "${file}" is a reference of 1Password, not a value`, hint);
}

/** CI systems pass a missing secret as an empty text. */
function emptyInEnvironment(values: ReadonlyMap<string, string>, env: Context["env"]): readonly string[] {
  return [...values].flatMap(([name, value]) => (value !== "" && env[name] === "" ? [name] : []));
}

const maxListed = 5;

function listed(problems: readonly string[]): string {
  const more = problems.length - maxListed;
  return [...problems.slice(0, maxListed), ...(more > 0 ? [`and ${more} more mistakes`] : [])].join("; ");
}

function linesFor(file: string, text: string, { offset, message }: EnvFileProblem): string {
  return `${placeInFile(file, text, offset)}: ${message}`;
}

function hintOf(problems: readonly EnvFileProblem[]): string | undefined {
  return problems.find(({ hint }) => hint !== undefined)?.hint;
}
