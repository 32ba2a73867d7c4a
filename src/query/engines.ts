/**
 * The jsonata releases that decide verdicts, each pinned exactly under an alias of its own
 * (docs/upstream/jsonata.md#releases-of-jsonata). Here they parse and nothing else, loaded when first asked for: one
 * costs about 7 ms. Evaluation happens in a process of its own.
 */

export const engineVersions = ["2.0.6", "2.1.0", "2.1.1", "2.2.2"] as const;
export type EngineVersion = (typeof engineVersions)[number];

/** The part of jsonata that is used; the same in all releases. */
export interface CompiledQuery {
  evaluate(input: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown>;
  ast(): unknown;
}

/** Parses; throws jsonata's plain error objects, or a native SyntaxError for a bad regular expression. */
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

/** Negative when `left` is the older release. */
export function compareEngines(left: EngineVersion, right: EngineVersion): number {
  return engineVersions.indexOf(left) - engineVersions.indexOf(right);
}
