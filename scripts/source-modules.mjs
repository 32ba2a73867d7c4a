import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Bundles TypeScript modules of this repository, given by their paths, and imports them: one namespace for each. */
export async function importSources(...paths) {
  // Below node_modules, where the packages are found that a bundle imports.
  const folder = join(root, "node_modules/.cache/kuma-sync", `sources-${process.pid}`);
  // Not before the end, because modules import others when they need them.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, [join(root, "scripts/bundle.mjs"), folder, ...paths]);
  const modules = [];
  for (const path of paths) modules.push(await import(join(folder, `${basename(path, ".ts")}.js`)));
  return modules;
}
