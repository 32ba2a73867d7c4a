import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { stringify } from "yaml";
import { toDesired } from "../../../src/config/desired.ts";
import { kinds } from "../../../src/kinds/index.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { loadConfig } from "../load-config.ts";
import { fixtureEnv } from "../load-text.ts";

/** The desired state without places, which are all that may differ; `files` lie beside the configuration. */
export async function desiredText(config: JsonObject, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-desired-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const readStdin = (): Promise<string> => Promise.resolve(stringify(config, { aliasDuplicateObjects: false }));
    const loaded = await loadConfig({ paths: ["-"], cwd, env: fixtureEnv, vars: {}, readStdin }, kinds);
    expect(loaded.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const { desired } = toDesired(loaded);
    const entities = [...desired.entities.values()].map(({ at: _at, ...entity }) => entity);
    return JSON.stringify(
      entities.map((entity) => ({
        ...entity,
        defaulted: entity.defaulted.toSorted(),
        sensitive: entity.sensitive.toSorted(),
      })),
    );
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
