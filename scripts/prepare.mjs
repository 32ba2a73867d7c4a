/**
 * Makes a clone ready to run: dependencies as the lock file says, then `dist/` as `src/` says. Does nothing where both are
 * up to date, so every command can start with it. Plain Node without dependencies, because it runs before there are any.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const bundler = join(root, "scripts", "bundle.mjs");
/** What the bundler reads. */
const sources = [join(root, "src"), bundler, join(root, "scripts", "late-loading.mjs"), join(root, "package.json")];
const output = join(root, "dist");
const program = join(output, "cli.js");
/** What the last install and the last build were made from. `npm ci` removes both, so that a build follows an install. */
const stamps = join(modules, ".cache", "kuma-sync");

/** Brings the clone up to date. A failure prints what the failed program said and throws. */
export async function prepare() {
  requireNode(20, 19);
  await install();
  await build();
}

function requireNode(wantedMajor, wantedMinor) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(`Node ${wantedMajor}.${wantedMinor} or newer is needed; this is ${process.versions.node}`);
}

async function install() {
  const lockFile = join(root, "package-lock.json");
  const lock = hashOf(await readFile(lockFile, "utf8"));
  if ((await read(join(stamps, "install"))) === lock) return;
  // npm writes this file at the end of an install, so one that is newer than the lock file was made by hand, from it.
  const installed = await modified(join(modules, ".package-lock.json"));
  if (installed <= (await modified(lockFile))) {
    await run("installing dependencies (npm ci)", "npm", ["ci", "--no-progress"]);
  }
  await writeStamp("install", lock);
}

async function build() {
  const files = await Promise.all(sources.map(filesBelow));
  const inputs = await Promise.all(
    files.flat().map(async (file) => {
      const { mtimeMs, size } = await stat(file);
      return `${relative(root, file)} ${mtimeMs} ${size}`;
    }),
  );
  const inputHash = hashOf(inputs.toSorted().join("\n"));
  if ((await read(join(stamps, "build"))) === inputHash && (await modified(program)) > 0) return;

  // Built beside and moved into place: nobody runs half a build, and files whose source is gone go too.
  const fresh = `${output}-${process.pid}`;
  const old = `${fresh}-old`;
  try {
    await run("building (scripts/bundle.mjs)", process.execPath, [bundler, fresh]);
    await replace(fresh, old);
  } finally {
    await Promise.all([fresh, old].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  await writeStamp("build", inputHash);
}

/** Puts `fresh` in the place of the last build, which goes to `old`. Somebody else may do the same at the same moment. */
async function replace(fresh, old) {
  for (;;) {
    try {
      await rename(output, old).catch(ignoreMissing);
      return await rename(fresh, output);
    } catch (error) {
      // Another process moved its build in between our two steps; that one goes aside too.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
      await rm(old, { recursive: true, force: true });
    }
  }
}

function ignoreMissing(error) {
  if (error.code !== "ENOENT") throw error;
}

function hashOf(text) {
  return createHash("sha256").update(text).digest("hex");
}

async function writeStamp(name, text) {
  await mkdir(stamps, { recursive: true });
  await writeFile(join(stamps, name), text);
}

/** The text of a file, or nothing where there is none. */
async function read(file) {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Milliseconds since 1970, or 0 where there is no file. */
async function modified(file) {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

/** The files of a folder, or the file itself. */
async function filesBelow(path) {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Says what runs and how long it took; shows the program's own words only when it fails. */
async function run(title, command, args) {
  const started = performance.now();
  process.stderr.write(`${title} …\n`);
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(`${said}\n${title} failed`);
  process.stderr.write(`${title}: done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await prepare();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
