/**
 * The jsonata releases that Uptime Kuma uses, each pinned under its own alias
 * (docs/upstream/jsonata.md#releases-of-jsonata). In this process they only parse. Each is loaded when it is first
 * needed, which takes about 7 ms. Evaluation runs in a separate process.
 */

export const engineVersions = ["2.0.6", "2.1.0", "2.1.1", "2.2.2"] as const;
export type EngineVersion = (typeof engineVersions)[number];

/** The part of jsonata's interface that is used; the same in all releases. */
export interface CompiledQuery {
  evaluate(input: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown>;
  ast(): unknown;
}

/** Parses a text. Throws jsonata's plain error objects, or a native SyntaxError for a bad regular expression. */
export type Engine = (text: string) => CompiledQuery;

const loaders: Readonly<Record<EngineVersion, () => Promise<{ readonly default: unknown }>>> = {
  "2.0.6": () => import("jsonata-2.0.6"),
  "2.1.0": () => import("jsonata-2.1.0"),
  "2.1.1": () => import("jsonata-2.1.1"),
  "2.2.2": () => import("jsonata-2.2.2"),
};

export async function loadEngine(version: EngineVersion): Promise<Engine> {
  return (await loaders[version]()).default as Engine;
}

/** The release whose parser decides: 2.2.2 parses every text as 2.1.1 does, so one of them is enough for both. */
export function parserOf(version: EngineVersion): EngineVersion {
  return version === "2.1.1" ? "2.2.2" : version;
}

/** Negative if `left` is the older release. */
export function compareEngines(left: EngineVersion, right: EngineVersion): number {
  return engineVersions.indexOf(left) - engineVersions.indexOf(right);
}
