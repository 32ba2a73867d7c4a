/**
 * How each release of Uptime Kuma judges a json-query response, as data
 * (docs/upstream/jsonata.md#how-a-response-is-judged). There are four generations, which decode or compare differently,
 * and each release locks one jsonata.
 */
import { compareVersions, newestTestedVersion } from "../model/release.ts";
import type { EngineVersion } from "./engines.ts";

/** What happens to the body after axios has tried `JSON.parse`. */
export type SecondDecode =
  | "required" // text must parse, or the monitor is down
  | "unless-json-header" // text is tried again unless the content type is exactly application/json
  | "always"; // whatever it is, it is turned into text and tried again

export interface ServerRules {
  /** The requested version. */
  readonly version: string;
  readonly secondDecode: SecondDecode;
  /** Whether there are operators (2.x). Without them, everything is compared as with `==`. */
  readonly hasOperators: boolean;
  /** Whether a result that is an array has its own message (2.1.0 and later). */
  readonly namesArrays: boolean;
  /** The jsonata release that the server locks. */
  readonly lockedEngine: string;
  /** The release that is used here: the locked one, or the nearest one that is shipped. */
  readonly engine: EngineVersion;
  /** What is uncertain about this version, one sentence each. */
  readonly notes: readonly string[];
}

type Generation = Pick<ServerRules, "secondDecode" | "hasOperators" | "namesArrays">;

const generations = {
  "1.23.0": { secondDecode: "required", hasOperators: false, namesArrays: false },
  "1.23.12": { secondDecode: "unless-json-header", hasOperators: false, namesArrays: false },
  "2.0.0": { secondDecode: "always", hasOperators: true, namesArrays: false },
  "2.1.0": { secondDecode: "always", hasOperators: true, namesArrays: true },
} as const satisfies Record<string, Generation>;

interface Row {
  /** Compared number by number; a pre-release comes before its release. */
  readonly since: string;
  readonly generation: keyof typeof generations;
  readonly lockedEngine: string;
  readonly engine: EngineVersion;
}

/** Sorted. A version gets the last row that is not newer. */
const rows: readonly Row[] = [
  { since: "1.23.0", generation: "1.23.0", lockedEngine: "2.0.3", engine: "2.0.6" },
  { since: "1.23.12", generation: "1.23.12", lockedEngine: "2.0.4", engine: "2.0.6" },
  { since: "1.23.14", generation: "1.23.12", lockedEngine: "2.0.5", engine: "2.0.6" },
  { since: "1.23.16", generation: "1.23.12", lockedEngine: "2.0.6", engine: "2.0.6" },
  { since: "1.23.17", generation: "1.23.12", lockedEngine: "2.1.0", engine: "2.1.0" },
  { since: "2.0.0-beta.0", generation: "2.0.0", lockedEngine: "2.0.5", engine: "2.0.6" },
  { since: "2.0.0-beta.1", generation: "2.0.0", lockedEngine: "2.0.6", engine: "2.0.6" },
  { since: "2.0.0-beta.4", generation: "2.0.0", lockedEngine: "2.1.0", engine: "2.1.0" },
  { since: "2.1.0-beta", generation: "2.1.0", lockedEngine: "2.1.0", engine: "2.1.0" },
  { since: "2.4.0-beta", generation: "2.1.0", lockedEngine: "2.1.1", engine: "2.1.1" },
  { since: "2.5.4-beta", generation: "2.1.0", lockedEngine: "2.2.2", engine: "2.2.2" },
];

/**
 * The npm package 2.0.0-dev.0 has the code of 1.23 under a 2.0 number. It depends on jsonata ^2.0.3, so a new
 * installation gets the newest jsonata.
 */
const npmPackage = { version: "2.0.0-dev.0", generation: "1.23.0", engine: "2.2.2" } as const;

/**
 * What a query must work on while it is not known which release of 2.x runs: the last one before jsonata 2.2, whose
 * engine hands out JavaScript's own members, and the newest.
 */
export const lintedVersions = ["2.5.3", newestTestedVersion] as const;

export function serverRules(version: string): ServerRules {
  if (version === npmPackage.version) {
    return {
      version,
      ...generations[npmPackage.generation],
      lockedEngine: "^2.0.3",
      engine: npmPackage.engine,
      notes: [],
    };
  }
  const first = rows[0] as Row;
  const row = rows.findLast(({ since }) => compareVersions(since, version) <= 0) ?? first;
  const { generation, engine } = row;
  if (compareVersions(version, newestTestedVersion) > 0) {
    const note = `Uptime Kuma ${version} is newer than ${newestTestedVersion}, the newest that was tested; the rules and the jsonata ${engine} of that one are used`;
    return { version, ...generations[generation], lockedEngine: "unknown", engine, notes: [note] };
  }
  const notes: string[] = [];
  if (row === first && compareVersions(version, first.since) < 0) {
    notes.push(`Uptime Kuma ${version} has no json-query monitors; the rules of 1.23.0 are used`);
  }
  if (row.lockedEngine !== engine) {
    notes.push(`Uptime Kuma ${version} locks jsonata ${row.lockedEngine}; ${engine}, the nearest shipped, is used`);
  }
  return { version, ...generations[generation], lockedEngine: row.lockedEngine, engine, notes };
}
