import { ensureInstalled } from "../../src/sandbox/ensure-installed.ts";

/**
 * Installs the npm package of Uptime Kuma before the first test, where it is not in the cache yet: a minute that would
 * otherwise count against the time limit of whichever test starts the first server. Not for a server of your own.
 */
export async function setup(): Promise<void> {
  if (process.env["KUMA_SYNC_TEST_URL"] !== undefined) return;
  await ensureInstalled({ onProgress: (text) => process.stdout.write(`${text}\n`) });
}
