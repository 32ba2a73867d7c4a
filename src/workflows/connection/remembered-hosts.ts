/**
 * The servers to which a person allowed sending credentials: one line for each pair of a variable and an origin, in the
 * user's configuration folder. Consent for the password of one target does not count for another.
 */
import { appendFile, chmod, mkdir, readFile, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { Context } from "../../run/context.ts";

/** The variable of a credential, and the origin that it may be sent to. */
export interface RememberedHost {
  readonly variable: string;
  readonly origin: string;
}

type UserContext = Pick<Context, "env" | "platform">;

/** `$XDG_CONFIG_HOME/kuma-sync/known-hosts`, or below `~/.config`. Relative folders are ignored, as XDG requires. */
function rememberedHostsPath(env: Context["env"]): string {
  const configured = env["XDG_CONFIG_HOME"] ?? "";
  const home = env["HOME"] ?? "";
  const folder = isAbsolute(configured) ? configured : join(isAbsolute(home) ? home : homedir(), ".config");
  return join(folder, "kuma-sync", "known-hosts");
}

/** Empty if there is no file, or if other users may write to it. */
export async function readRememberedHosts(context: UserContext): Promise<readonly RememberedHost[]> {
  const path = rememberedHostsPath(context.env);
  if (!(await isOurs(path, context))) return [];
  return (await readFile(path, "utf8")).split(/\r?\n/u).flatMap(lineToHost);
}

/** Whether the file exists and only its owner may write to it. Windows has no such permissions. */
async function isOurs(path: string, { platform }: UserContext): Promise<boolean> {
  try {
    return platform.startsWith("win32") || ((await stat(path)).mode & 0o022) === 0;
  } catch {
    return false;
  }
}

function lineToHost(line: string): readonly RememberedHost[] {
  const [variable = "", origin = "", ...rest] = line.trim().split(/\s+/u);
  return variable.startsWith("#") || origin === "" || rest.length > 0 ? [] : [{ variable, origin }];
}

/** Appends lines, so that two runs do not overwrite each other. Only the user can read the file. */
export async function rememberHosts(hosts: readonly RememberedHost[], context: UserContext): Promise<void> {
  const path = rememberedHostsPath(context.env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // A file that other users could have written is replaced.
  if (!(await isOurs(path, context))) await rm(path, { force: true });
  await appendFile(path, hosts.map(({ variable, origin }) => `${variable} ${origin}\n`).join(""), { mode: 0o600 });
  await chmod(path, 0o600);
}
