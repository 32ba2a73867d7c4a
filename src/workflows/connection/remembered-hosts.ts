/**
 * The servers that a person has allowed credentials to be sent to: one line for each pair of a variable and an origin,
 * in the user's configuration folder. Consent for one target's password does not count for another's.
 */
import { appendFile, chmod, mkdir, readFile, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { Context } from "../../run/context.ts";

/** A credential by the name of its variable, and where it may go. */
export interface RememberedHost {
  readonly variable: string;
  readonly origin: string;
}

type UserContext = Pick<Context, "env" | "platform">;

/** `$XDG_CONFIG_HOME/kuma-sync/known-hosts`, or below `~/.config`; relative folders do not count, as XDG has it. */
function rememberedHostsPath(env: Context["env"]): string {
  const configured = env["XDG_CONFIG_HOME"] ?? "";
  const home = env["HOME"] ?? "";
  const folder = isAbsolute(configured) ? configured : join(isAbsolute(home) ? home : homedir(), ".config");
  return join(folder, "kuma-sync", "known-hosts");
}

/** Empty when there is no file, or one that others may write to. */
export async function readRememberedHosts(context: UserContext): Promise<readonly RememberedHost[]> {
  const path = rememberedHostsPath(context.env);
  if (!(await isOurs(path, context))) return [];
  return (await readFile(path, "utf8")).split(/\r?\n/u).flatMap(lineToHost);
}

/** Whether it is there and only its owner may write to it. Windows has no such bits. */
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

/** Adds lines at the end, so that two runs keep what the other has added. Readable for the user alone. */
export async function rememberHosts(hosts: readonly RememberedHost[], context: UserContext): Promise<void> {
  const path = rememberedHostsPath(context.env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // What others may have written is not taken over.
  if (!(await isOurs(path, context))) await rm(path, { force: true });
  await appendFile(path, hosts.map(({ variable, origin }) => `${variable} ${origin}\n`).join(""), { mode: 0o600 });
  await chmod(path, 0o600);
}
