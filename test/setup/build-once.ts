/** What scripts/bundle.mjs makes of the sources as they are now, built once for each state of them. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Below node_modules, so that the build finds the packages it imports. */
const cache = join(root, "node_modules", ".cache", "kuma-sync");

/**
 * A folder like the one of the package: its package.json, the files of the package that `copied` names, and in `dist/`
 * the program, or each of `modules` as a file of its own.
 */
export function buildOnce(copied: readonly string[], modules: readonly string[] = []): string {
  const inputs = ["package.json", "scripts/bundle.mjs", "scripts/late-loading.mjs", "src", ...copied];
  const folder = join(cache, `test-${hashOf(inputs, modules)}`);
  if (!existsSync(folder)) build(folder, copied, modules);
  return folder;
}

function hashOf(inputs: readonly string[], modules: readonly string[]): string {
  const hash = createHash("sha256").update(modules.join("\n"));
  for (const file of inputs.flatMap(filesBelow).toSorted()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(path: string): readonly string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

function build(folder: string, copied: readonly string[], modules: readonly string[]): void {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "build-"));
  for (const name of ["package.json", ...copied]) cpSync(join(root, name), join(work, name), { recursive: true });
  const args = [join(root, "scripts/bundle.mjs"), join(work, "dist"), ...modules];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`the program does not build:\n${stderr}`);
  try {
    renameSync(work, folder);
  } catch {
    // Another test file was quicker.
    rmSync(work, { recursive: true });
  }
}
