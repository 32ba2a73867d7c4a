import type { Config, ConfigSource } from "../../src/config/config.ts";
import { openConfig } from "../../src/config/load.ts";
import type { KindRegistry } from "../../src/kinds/kind.ts";

/** `openConfig` and `resolve`, for one target. */
export async function loadConfig(source: ConfigSource, registry: KindRegistry): Promise<Config> {
  return (await openConfig(source, registry)).resolve(source);
}
