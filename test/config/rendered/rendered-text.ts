/** A configuration, rendered, and what it says. */
import type { Config, SecretUse } from "../../../src/config/config.ts";
import { toDesired } from "../../../src/config/desired.ts";
import { renderConfig } from "../../../src/config/rendered/render-config.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { hasErrors } from "../../../src/model/finding.ts";
import { renderedJson } from "../../../src/output/rendered/rendered-json.ts";
import { renderedYaml } from "../../../src/output/rendered/rendered-yaml.ts";
import { findingLine, fixtureEnv } from "../load-text.ts";
import { loadConfig } from "../load-config.ts";

export interface Text {
  readonly text: string;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly target?: string;
}

export function load({ text, cwd, env = fixtureEnv, target }: Text, secrets: SecretUse): Promise<Config> {
  const chosen = target === undefined ? {} : { target };
  const readStdin = (): Promise<string> => Promise.resolve(text);
  return loadConfig({ paths: ["-"], cwd, env, vars: {}, secrets, readStdin, ...chosen }, kinds);
}

/** As YAML and as JSON. Undefined for a configuration with errors. */
export async function render(source: Text): Promise<{ readonly yaml: string; readonly json: string } | undefined> {
  const config = await load(source, "withheld");
  if (hasErrors(config.findings)) return undefined;
  const result = renderConfig(config, kinds, { folder: source.cwd, isSelected: () => true });
  if (!("rendered" in result)) throw new Error(JSON.stringify(result.unwritable));
  return { yaml: renderedYaml(result.rendered), json: renderedJson(result.rendered) };
}

/** Without the comments that say where an object comes from. */
export function withoutPlaces(yaml: string): string {
  return yaml.replaceAll(/^ *#.*\n/gmu, "");
}

/** All that a configuration asks for, as text, but for the places in its files. Throws where it has errors. */
export async function meaning(source: Text, secrets: SecretUse = "real"): Promise<string> {
  const config = await load(source, secrets);
  if (hasErrors(config.findings)) throw new Error(`${config.findings.map(findingLine).join("\n")}\n${source.text}`);
  const { desired } = toDesired(config);
  const entities = [...desired.entities.values()].map(({ at: _at, selected: _selected, sensitive, ...entity }) => ({
    ...entity,
    sensitive: sensitive.toSorted(),
  }));
  const byKey = entities.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const { policy, project, moves, targets } = config;
  const target = config.target === undefined ? undefined : targets.get(config.target);
  const tests = config.entities.flatMap(({ key, tests: found }) => (found === undefined ? [] : [[key, found]]));
  return JSON.stringify(
    { project, policy, target, tests, entities: byKey, moves: moves.map(({ from, to }) => ({ from, to })) },
    undefined,
    1,
  );
}
