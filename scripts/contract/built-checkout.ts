/** Builds a checkout of Uptime Kuma in the cache, once for each state of it. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join, relative, resolve } from "node:path";
import { compilerEnv } from "../../src/sandbox/compiler-env.ts";
import { runTool } from "../../src/sandbox/run-tool.ts";

export interface BuildOptions {
  readonly checkout: string;
  /** The Node that the server runs on. */
  readonly node: string;
  /** Build the web page with vite too, which takes minutes; otherwise a page of one line stands in for it. */
  readonly hasPage: boolean;
  readonly onProgress: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface BuiltCheckout {
  readonly folder: string;
  readonly version: string;
  /** What comes after `node` to start it, by its own package.json. */
  readonly startArgs: readonly string[];
}

/** The compiled part of each line of releases. */
const nativePackages = ["@louislam/sqlite3", "better-sqlite3"];

const notCopied = new Set([".git", "node_modules", "dist", "data", "tmp"]);

/** A checkout that is built already is used where it is. Throws an Error with the end of what a tool said. */
export async function builtCheckout(options: BuildOptions): Promise<BuiltCheckout> {
  const { node, onProgress } = options;
  const checkout = resolve(options.checkout);
  const { name, version } = manifestOf(checkout);
  if (name !== "uptime-kuma") throw new Error(`${checkout} is not a checkout of Uptime Kuma`);
  if (isBuilt(checkout, node)) {
    onProgress(`${checkout} is built already`);
    return describe(checkout);
  }
  const major = nodeMajor(node);
  const kind = options.hasPage ? "page" : "plain";
  const folder = join(cacheFolder(), "contract", `${version}-${hashOf(checkout)}-node${major}-${kind}`);
  if (existsSync(folder)) {
    onProgress(`using the build in ${folder}`);
    return describe(folder);
  }
  const partial = `${folder}.partial-${process.pid}`;
  try {
    mkdirSync(dirname(partial), { recursive: true });
    cpSync(checkout, partial, { recursive: true, filter: (source) => !notCopied.has(relative(checkout, source)) });
    await build(partial, options);
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return describe(folder);
}

async function build(folder: string, { node, hasPage, onProgress, signal }: BuildOptions): Promise<void> {
  // npm runs on the Node that is first on the path.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}` };
  const quiet = ["--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];
  onProgress("npm ci --ignore-scripts");
  await runTool("npm", ["ci", "--ignore-scripts", ...quiet], { cwd: folder, env, signal });
  const native = nativePackages.filter((name) => existsSync(join(folder, "node_modules", name)));
  const headers = headersOf(node);
  const compiler = await compilerEnv(headers === undefined ? env : { ...env, npm_config_nodedir: headers });
  for (const name of native) {
    onProgress(`${compiler.isCompiling ? "compiling" : "fetching"} ${name}`);
    await runTool("npm", ["rebuild", name, "--ignore-scripts=false", "--foreground-scripts", ...quiet], {
      cwd: folder,
      env: { ...env, ...compiler.env },
      signal,
    });
  }
  if (hasPage) {
    onProgress("npm run build");
    await runTool("npm", ["run", "build"], { cwd: folder, env, signal });
  } else {
    mkdirSync(join(folder, "dist"));
    writeFileSync(
      join(folder, "dist/index.html"),
      "<!DOCTYPE html><html><head><title>Uptime Kuma</title></head><body></body></html>\n",
    );
  }
}

function isBuilt(folder: string, node: string): boolean {
  if (!existsSync(join(folder, "dist/index.html"))) return false;
  const native = nativePackages.filter((name) => existsSync(join(folder, "node_modules", name)));
  // Compiled for this Node: requiring it fails otherwise.
  const load = native.map((name) => `require(${JSON.stringify(name)});`).join("");
  return native.length > 0 && spawnSync(node, ["-e", load], { cwd: folder, stdio: "ignore" }).status === 0;
}

function describe(folder: string): BuiltCheckout {
  const { version, scripts } = manifestOf(folder);
  const [command, ...startArgs] = (scripts?.["start-server"] ?? "").split(" ");
  if (command !== "node") throw new Error(`${folder}/package.json does not say how to start the server with node`);
  return { folder, version: version ?? "unknown", startArgs };
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  const file = join(folder, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
}

/** Of the paths, sizes and times of all files. */
function hashOf(folder: string): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).toSorted()) {
      if (path === "" && notCopied.has(name)) continue;
      const file = join(path, name);
      const { size, mtimeMs } = statSync(join(folder, file), { throwIfNoEntry: false }) ?? {};
      if (statSync(join(folder, file), { throwIfNoEntry: false })?.isDirectory() === true) add(file);
      else hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  };
  add("");
  return hash.digest("hex").slice(0, 12);
}

function nodeMajor(node: string): string {
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  const major = /^v(\d+)\./u.exec(stdout ?? "")?.[1];
  if (major === undefined) throw new Error(`${node} is not a Node`);
  return major;
}

/** Where the headers of a Node lie, beside it. */
function headersOf(node: string): string | undefined {
  const prefix = dirname(dirname(realpathSync(node)));
  return basename(dirname(node)) === "bin" && existsSync(join(prefix, "include/node/node_api.h")) ? prefix : undefined;
}

function cacheFolder(): string {
  return (
    process.env["KUMA_SYNC_CACHE_DIR"] || join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "kuma-sync")
  );
}
