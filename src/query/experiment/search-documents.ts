/**
 * For monitors without a sample: generates documents from the names and constants of the query until one passes and one
 * fails (docs/upstream/jsonata.md#constant-queries). Not finding one proves nothing, so that is only a warning.
 */
import { isJsonObject, type Json } from "../../model/json.ts";
import { shownStatus, type QueryRule } from "../check.ts";
import { loadEngine } from "../engines.ts";
import type { QueryLab } from "../lab.ts";
import type { QueryNode } from "../lint/query-tree.ts";
import { parse } from "../lint/syntax.ts";
import { serverRules } from "../server-rules.ts";
import type { ExperimentFinding } from "./experiment-report.ts";
import { documentShape, type DocumentShape } from "./document-shape.ts";
import { mineConstants } from "./query-constants.ts";

export interface SearchInput extends QueryRule {
  readonly server: string;
  readonly isUpsideDown?: boolean;
  /** Milliseconds since 1970. */
  readonly clock: number;
}

export interface SearchReport {
  /** A JSON text for which the monitor is up. */
  readonly passing?: string;
  /** A JSON text for which it is down. */
  readonly failing?: string;
  readonly findings: readonly ExperimentFinding[];
}

const documents = 400;
const batch = 100;

export async function searchDocuments(lab: QueryLab, input: SearchInput): Promise<SearchReport> {
  const { query, operator, expected, askedBy = "json-query", server, clock, isUpsideDown = false } = input;
  const parsed = parse(query ?? "$", await loadEngine(serverRules(server).engine));
  // The lint reports a query that does not parse.
  if (!("tree" in parsed)) return { findings: [] };
  const bodies = makeDocuments(parsed.tree, input);
  const found: { passing?: string; failing?: string } = {};
  for (let from = 0; from < bodies.length; from += batch) {
    const some = bodies.slice(from, from + batch);
    const checks = some.map((body) => ({ query, operator, expected, askedBy, server, clock, body }));
    const judgements = await lab.run(checks, { maxKills: 1 });
    for (const [index, judgement] of judgements.entries()) {
      if (judgement.status === "killed") return { ...found, findings: [stopped(judgement.message)] };
      found[shownStatus(judgement, isUpsideDown) === "up" ? "passing" : "failing"] ??= some[index] as string;
    }
    if (found.passing !== undefined && found.failing !== undefined) break;
  }
  return { ...found, findings: missing(found) };
}

function stopped(message: string): ExperimentFinding {
  const why = "on a server, which has no limits, it would stop all monitoring";
  return { rule: "unbounded-query", severity: "error", message: `the query ${message}`, why };
}

function missing(found: { readonly passing?: string; readonly failing?: string }): readonly ExperimentFinding[] {
  const findings: ExperimentFinding[] = [];
  const hint = "give a healthy response as sample, to be sure";
  if (found.passing === undefined) {
    findings.push({
      rule: "constant-query",
      severity: "warning",
      message: "no response was found for which the monitor is up",
      hint,
    });
  }
  if (found.failing === undefined) {
    findings.push({
      rule: "constant-query",
      severity: "warning",
      message: "no response was found for which the monitor is down",
      hint,
    });
  }
  return findings;
}

/** Always generates the same documents for the same query. */
function makeDocuments(tree: QueryNode, { query, expected, clock, askedBy }: SearchInput): readonly string[] {
  const shape = documentShape(tree);
  const { texts, numbers } = mineConstants(query, expected);
  const near = numbers.flatMap((number) => [number - 1, number, number + 1]);
  const known: readonly Json[] = [...texts, ...near, ...near.map(String), true];
  const common: readonly Json[] = [
    0,
    1,
    "text",
    "",
    false,
    "ok",
    new Date(clock).toISOString(),
    "2001-01-01T00:00:00Z",
    clock,
  ];
  const random = randomNumbers();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const leaf = (): Json => pick(known.length > 0 && random() < 0.7 ? known : common);

  /** `fullness` is the probability that a field exists and has the type that the query reads. */
  function make(part: DocumentShape, fullness: number): Json {
    if (random() > fullness) return pick([null, [], {}, "text", 0]);
    if (part.fields.size === 0 && !part.isList) return random() < 0.1 ? [leaf(), leaf()] : leaf();
    const item = (): Json => (part.fields.size === 0 ? leaf() : members(part, fullness));
    if (!part.isList && random() < 0.75) return item();
    return Array.from({ length: pick([0, 1, 1, 2, 2, 3]) }, item);
  }

  function members(part: DocumentShape, fullness: number): Json {
    const present = [...part.fields].filter(() => random() < fullness);
    return Object.fromEntries(present.map(([name, field]) => [name, make(field, fullness)]));
  }

  const isPlain = shape.fields.size === 0;
  return Array.from({ length: documents }, () => {
    const fullness = pick([1, 1, 0.95, 0.8]);
    const document = isPlain ? make(shape, fullness) : shape.isList ? make(shape, fullness) : members(shape, fullness);
    // A result without `ok` means that the command failed, and the query is not evaluated then.
    return JSON.stringify(askedBy === "mongodb" && isJsonObject(document) ? { ...document, ok: 1 } : document);
  });
}

/** Marsaglia's xorshift with a fixed seed; numbers between 0 and 1. */
function randomNumbers(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
