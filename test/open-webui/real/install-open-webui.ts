/**
 * Open WebUI from the Python registry, in a virtual environment in the cache: the wheel, and the packages that its slim image has
 * (a list in the wheel, with exact versions). 222 MB to fetch, 2 minutes, 770 MB on disk.
 */
import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { takeLock } from "../../../src/sandbox/install-lock.ts";
import { lastLines, runTool } from "../../../src/sandbox/run-tool.ts";
import { SandboxError } from "../../../src/sandbox/sandbox-error.ts";

export type Installed =
  | { readonly type: "installed"; readonly version: string; readonly python: string }
  /** This machine cannot have it; `reason` says what is missing. */
  | { readonly type: "missing"; readonly version: string; readonly reason: string };

interface InstallOptions {
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Installs it where it is not in the cache yet. `OPEN_WEBUI_PYTHON` names another Python. */
export async function installOpenWebUI(version: string, options: InstallOptions): Promise<Installed> {
  const { onProgress, signal } = options;
  const folder = join(cacheFolder(process.env), `open-webui-${version}-${process.arch}`);
  const installed: Installed = { type: "installed", version, python: join(folder, "bin", "python") };
  const stamp = join(folder, "complete");
  if (await exists(stamp)) return installed;

  const python = await findPython();
  if (python === undefined) return missing(version, "Python 3.11 or 3.12 with its venv module");
  await mkdir(dirname(folder), { recursive: true });
  const onWait = (): void => onProgress("waiting for another process that is installing Open WebUI");
  const release = await takeLock(`${folder}.lock`, { onWait, signal });
  try {
    if (await exists(stamp)) return installed;
    // What an interrupted install has left.
    await rm(folder, { recursive: true, force: true });
    await installInto(folder, { version, python, ...options });
    await writeFile(stamp, "");
    return installed;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!(error instanceof SandboxError)) throw error;
    return missing(version, `the packages of Open WebUI ${version}: ${lastLines(error.message, 1).slice(0, 200)}`);
  } finally {
    await release();
  }
}

async function installInto(
  folder: string,
  options: InstallOptions & { readonly version: string; readonly python: string },
): Promise<void> {
  const { version, python, onProgress, signal } = options;
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 1000);
  onProgress(`installing Open WebUI ${version} into the cache (once; 180 packages, about 220 MB)`);
  const ticks = setInterval(() => onProgress(`still installing Open WebUI ${version}, ${seconds()} s`), 20_000);
  try {
    await runTool(python, ["-m", "venv", folder], { signal });
    const own = join(folder, "bin", "python");
    // Compiling all of it takes as long as fetching it, and a server loads a part.
    const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-compile"];
    const pip = (args: readonly string[]): Promise<string> =>
      runTool(own, ["-m", "pip", "install", ...quiet, ...args], { signal });
    await pip(["--no-deps", `open-webui==${version}`]);
    const where = "import sysconfig; print(sysconfig.get_paths()['purelib'])";
    const packages = (await runTool(own, ["-c", where], { signal })).trim();
    // Installing it after its packages would complain of those that the slim image leaves out.
    await pip(["-r", join(packages, "requirements-slim.txt")]);
  } finally {
    clearInterval(ticks);
  }
  onProgress(`installed Open WebUI ${version} in ${seconds()} s`);
}

async function findPython(): Promise<string | undefined> {
  const { OPEN_WEBUI_PYTHON: named = "" } = process.env;
  const question = "import ensurepip, sys, venv; print(*sys.version_info[:2], sep='.')";
  for (const name of named === "" ? ["python3.12", "python3.11", "python3"] : [named]) {
    const version = await runTool(name, ["-c", question], { timeout: 20_000 }).catch(() => "");
    if (["3.11", "3.12"].includes(version.trim())) return name;
  }
  return undefined;
}

/** Beside the Uptime Kuma of the sandbox. */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const { KUMA_SYNC_CACHE_DIR: named = "", XDG_CACHE_HOME: caches = "" } = env;
  if (named !== "") return named;
  return join(caches === "" ? join(homedir(), ".cache") : caches, "kuma-sync");
}

function missing(version: string, what: string): Installed {
  return { type: "missing", version, reason: `this machine lacks ${what}` };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
