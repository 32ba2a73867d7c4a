/**
 * The command that starts the evaluation process: the flags of Node that confine it, its script, and the files that it
 * may read.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ChildFiles } from "./child/protocol.ts";
import { engineVersions, type EngineVersion } from "./engines.ts";

/**
 * `child/child.ts` as scripts/bundle.mjs builds it. The path is right from this module and from its chunk in `dist/`,
 * which are at the same depth.
 */
export const defaultEntry = fileURLToPath(new URL("../../dist/evaluation/child.js", import.meta.url));

/** The flags that a release of Node knows. */
type KnownFlags = Pick<ReadonlySet<string>, "has">;

/**
 * Arguments of Node for the script `entry`, which imports only Node's own modules. The process may read that script,
 * the engines and SES. It may not write, start processes or threads, load addons or WASI, open an inspector or, from
 * Node 25 on, use the network.
 */
export function childCommand(
  entry: string,
  known: KnownFlags = process.allowedNodeEnvironmentFlags,
): readonly string[] {
  const files = childFiles();
  const readable = [entry, ...packageFiles(dirname(entry)), files.ses, ...Object.values(files.engines)];
  return [...confiningFlags(known), ...readable.map((file) => `--allow-fs-read=${file}`), entry, JSON.stringify(files)];
}

function confiningFlags(known: KnownFlags): readonly string[] {
  return [
    // Node 20 has only the experimental flag of the permission model, and prints a warning.
    known.has("--permission") ? "--permission" : "--experimental-permission",
    ...(known.has("--disable-sigusr1") ? ["--disable-sigusr1"] : []),
    "--no-warnings",
    "--disable-proto=delete",
    "--disallow-code-generation-from-strings",
    // An expression may leave a rejected promise behind, which does not affect the verdict.
    "--unhandled-rejections=none",
  ];
}

function childFiles(): ChildFiles {
  const require = createRequire(import.meta.url);
  const engines = engineVersions.map((version) => [version, require.resolve(`jsonata-${version}`)] as const);
  return { ses: require.resolve("ses"), engines: Object.fromEntries(engines) as Record<EngineVersion, string> };
}

/** Node searches the folders above a script for the package.json that says how to load it. */
function packageFiles(folder: string): readonly string[] {
  const file = join(folder, "package.json");
  const above = dirname(folder);
  return existsSync(file) || above === folder ? [file] : [file, ...packageFiles(above)];
}
