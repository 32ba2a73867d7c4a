import type { TestProject } from "vitest/node";
import { installOpenWebUI, type Installed } from "../open-webui/real/install-open-webui.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The release that is tested, and the one before whose database it takes over. */
    readonly openWebUI: { readonly tested: Installed; readonly before: Installed };
  }
}

/** 0.12.4 unless `OPEN_WEBUI_VERSION` names another. */
const tested = process.env["OPEN_WEBUI_VERSION"] ?? "0.12.4";
const before = "0.11.4";

const skipped: string[] = [];

/** Installs both before the first test, where they are not in the cache yet. A machine that cannot have one skips its tests. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env["OPEN_WEBUI_TEST_URL"];
  const install = (version: string): Promise<Installed> =>
    given === undefined || given === ""
      ? installOpenWebUI(version, { onProgress: (text) => process.stdout.write(`${text}\n`) })
      : Promise.resolve({ type: "missing", version, reason: `OPEN_WEBUI_TEST_URL names a running one (${given})` });
  const openWebUI = { tested: await install(tested), before: await install(before) };
  for (const [version, installed] of [
    [tested, openWebUI.tested],
    [before, openWebUI.before],
  ] as const) {
    if (installed.type === "missing") skipped.push(`tests that start Open WebUI ${version}: ${installed.reason}`);
  }
  project.provide("openWebUI", openWebUI);
}

/** At the end, where nobody misses it. */
export function teardown(): void {
  for (const reason of skipped) process.stdout.write(`\nSKIPPED ${reason}\n`);
}
