import { connectReadOnly } from "../../kuma/connect.ts";
import type { Finding } from "../../model/finding.ts";
import { readConnection } from "./read-connection.ts";
import type { Context } from "../../run/context.ts";
import type { OutputFlags } from "../../run/flags.ts";
import { knownHoleOf } from "../configuration/vulnerable-jsonata.ts";
import { isSet } from "../targets/choose-targets.ts";
import type { Terminal } from "../../run/terminal.ts";

/**
 * What there is to say of the Uptime Kuma that the environment names, for a command that works without one: nothing when
 * none is named, or when it cannot be asked without a question to the user.
 */
export async function findingsOfServer(
  context: Context,
  { timeout }: OutputFlags & { readonly timeout?: number },
  terminal: Terminal,
): Promise<readonly Finding[]> {
  if (!isSet(context.env, "KUMA_SYNC_URL")) return [];
  try {
    const flags = { input: false, ...(timeout !== undefined && { timeout }) };
    const reader = await connectReadOnly(await readConnection(flags, context, terminal));
    const { version } = reader.server;
    await reader.close();
    return knownHoleOf(version);
  } catch {
    return [];
  }
}
