import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The licences of the packages whose modules are in a bundle, as their licences ask for: name, version and text of each.
 * @param {Iterable<string>} moduleIds Paths of all bundled modules.
 */
export async function thirdPartyNotices(moduleIds) {
  const folders = new Set([...moduleIds].flatMap((id) => packageFolder(id) ?? []));
  const notices = await Promise.all([...folders].map(noticeOf));
  const head = "Parts of these packages are in the files of this folder, under their own licences.";
  return `${[head, ...notices.toSorted()].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** Up to the name behind the last `node_modules`; undefined for a module of ours, or of the bundler's own. */
function packageFolder(id) {
  return /^[^\0]*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/u.exec(id)?.[0];
}

async function noticeOf(folder) {
  const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/iu.test(entry));
  if (file === undefined) throw new Error(`${name} has no text of its licence, so it cannot be bundled`);
  return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}`;
}
