/** A program of the Python registry, in a virtual environment of its own in the cache. */
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { takeLock } from "../../../src/sandbox/install-lock.ts";
import { lastLines, runTool } from "../../../src/sandbox/run-tool.ts";
import { SandboxError } from "../../../src/sandbox/sandbox-error.ts";

export type PythonProgram =
  | { readonly type: "installed"; readonly program: string }
  /** This machine cannot have it. */
  | { readonly type: "missing"; readonly reason: string };

interface WantedProgram {
  /** Of the cache: `litellm-1.108.7`. */
  readonly name: string;
  /** As pip takes them, with exact versions. */
  readonly packages: readonly string[];
  /** The program in the environment's `bin`. */
  readonly program: string;
  /** Names one that is installed already. */
  readonly variable: string;
}

export async function installPythonProgram(wanted: WantedProgram): Promise<PythonProgram> {
  const named = process.env[wanted.variable];
  if (named !== undefined && named !== "") return { type: "installed", program: named };
  const folder = join(cacheFolder(process.env), `${wanted.name}-${process.arch}`);
  const installed = { type: "installed", program: join(folder, "bin", wanted.program) } as const;
  const stamp = join(folder, "complete");
  if (await exists(stamp)) return installed;
  await mkdir(dirname(folder), { recursive: true });
  const onWait = (): void => void process.stdout.write(`waiting for another process that installs ${wanted.name}\n`);
  const release = await takeLock(`${folder}.lock`, { onWait, signal: undefined });
  try {
    if (await exists(stamp)) return installed;
    // What an interrupted install has left.
    await rm(folder, { recursive: true, force: true });
    process.stdout.write(`installing ${wanted.name} into the cache (once)\n`);
    await runTool("python3", ["-m", "venv", folder]);
    const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-compile"];
    await runTool(join(folder, "bin", "python"), [...pip, ...wanted.packages]);
    await writeFile(stamp, "");
    return installed;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return { type: "missing", reason: `this machine cannot install ${wanted.name}: ${lastLines(error.message, 3)}` };
  } finally {
    await release();
  }
}

/** Beside the Uptime Kuma of the sandbox. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const { KUMA_SYNC_CACHE_DIR: named = "", XDG_CACHE_HOME: caches = "" } = env;
  if (named !== "") return named;
  return join(caches === "" ? join(homedir(), ".cache") : caches, "kuma-sync");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
