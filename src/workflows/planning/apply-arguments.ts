/** What the arguments of `apply` are: configuration files, as `-f`, and at most one saved plan. */
import { resolve } from "node:path";
import { isStream } from "../../config/source/is-stream.ts";
import { UsageError } from "../../model/errors.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { ConfigFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { readNamedFile } from "../files/read-named-file.ts";

export interface ApplyArguments {
  /** As it was given. */
  readonly plan?: string;
  readonly files: readonly string[];
}

/** Throws UsageError for two saved plans. */
export async function readApplyArguments({ context, flags }: Run<ConfigFlags>): Promise<ApplyArguments> {
  const plans: string[] = [];
  const files: string[] = [];
  for (const file of flags.files ?? []) ((await isPlan(file, context.cwd)) ? plans : files).push(file);
  const [plan, ...others] = plans;
  if (others.length > 0) {
    throw new UsageError(`"${plan}" and "${others[0]}" are both saved plans`, "apply one after the other");
  }
  return { ...(plan === undefined ? {} : { plan }), files };
}

/**
 * The content decides: a document of this program is no configuration. A pipe can be read only once, and is a saved plan; so
 * is a `.json` file that cannot be read as a configuration either, because that is what most of them are.
 */
async function isPlan(file: string, cwd: string): Promise<boolean> {
  if (isStream(resolve(cwd, file))) return true;
  const document = await readNamedFile(file, cwd).then(parsed, () => undefined);
  if (document === undefined) return file.endsWith(".json");
  const { type } = document;
  return typeof type === "string" && type.startsWith("kuma-sync.");
}

function parsed(text: string): Readonly<Record<string, Json>> | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
