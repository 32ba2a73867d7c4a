/**
 * Blocks that several monitors have in common, as `templates:`. Greedy: the one that saves most lines first, until no other is
 * worth its name.
 */
import { canonicalText, type Json, type JsonObject } from "../../model/json.ts";
import { yamlLines } from "../../output/yaml/yaml-file.ts";
import type { ImportedEntity } from "../imported.ts";
import { commonName } from "./common-name.ts";

export interface FoundTemplates {
  /** By name. */
  readonly templates: JsonObject;
  readonly entities: readonly ImportedEntity[];
}

const fewest = 3;
/** Lines that a template has to save; fewer are not worth looking up what it says. */
const leastSaved = 4;
const mostTemplates = 12;
/** Different monitors that are compared with each other. */
const mostCompared = 100;

/** What makes one monitor different from the next, or says how it became managed. */
const ownFields: ReadonlySet<string> = new Set(["name", "parent", "active", "url", "hostname", "adopt", "each"]);

/** Fields in common, as texts that are the same for the same values. */
type Pairs = ReadonlyMap<string, readonly [name: string, value: Json]>;

interface Candidate {
  readonly pairs: Pairs;
  readonly users: readonly ImportedEntity[];
  readonly saved: number;
}

export function findTemplates(entities: readonly ImportedEntity[]): FoundTemplates {
  const templates: Record<string, Json> = {};
  const uses = new Map<ImportedEntity, readonly [name: string, pairs: Pairs]>();
  const monitors = entities.filter(({ kind, obstacle }) => kind === "monitor" && obstacle === undefined);
  let open = new Map(monitors.map((entity) => [entity, pairsOf(entity.fields)]));
  while (Object.keys(templates).length < mostTemplates) {
    const best = bestOf(open);
    if (best === undefined) break;
    const name = commonName(best.users, new Set(Object.keys(templates)));
    templates[name] = Object.fromEntries(best.pairs.values());
    for (const user of best.users) uses.set(user, [name, best.pairs]);
    open = new Map([...open].filter(([entity]) => !uses.has(entity)));
  }
  return {
    templates,
    entities: entities.map((entity) => {
      const use = uses.get(entity);
      return use === undefined ? entity : using(entity, ...use);
    }),
  };
}

function using(entity: ImportedEntity, name: string, pairs: Pairs): ImportedEntity {
  const taken = new Set([...pairs.values()].map(([field]) => field));
  const {
    name: shown,
    each,
    ...rest
  } = Object.fromEntries(Object.entries(entity.fields).filter(([field]) => !taken.has(field))) as Record<string, Json>;
  const first = {
    ...(each === undefined ? {} : { each }),
    ...(shown === undefined ? {} : { name: shown }),
    use: name,
  };
  return { ...entity, fields: { ...first, ...rest } };
}

function pairsOf(fields: JsonObject): Pairs {
  return new Map(
    Object.entries(fields)
      .filter(([name]) => !ownFields.has(name))
      .map(([name, value]) => [`${name} ${canonicalText(value)}`, [name, value] as const]),
  );
}

/** Monitors with the same shared fields: thousands of monitors are few of these. */
interface Alike {
  readonly pairs: Pairs;
  readonly entities: readonly ImportedEntity[];
}

function bestOf(open: ReadonlyMap<ImportedEntity, Pairs>): Candidate | undefined {
  const groups = alikeOf(open);
  const compared = groups
    .toSorted((left, right) => right.entities.length - left.entities.length)
    .slice(0, mostCompared);
  const tried = new Set<string>();
  let best: Candidate | undefined;
  for (const [index, one] of compared.entries()) {
    for (const other of compared.slice(index)) {
      const pairs: Pairs = new Map([...one.pairs].filter(([text]) => other.pairs.has(text)));
      const id = [...pairs.keys()].toSorted().join("\n");
      if (tried.has(id)) continue;
      tried.add(id);
      const candidate = candidateOf(pairs, groups);
      if (candidate !== undefined && candidate.saved > (best?.saved ?? leastSaved - 1)) best = candidate;
    }
  }
  return best;
}

function alikeOf(open: ReadonlyMap<ImportedEntity, Pairs>): readonly Alike[] {
  const counts = new Map<string, number>();
  for (const pairs of open.values()) for (const text of pairs.keys()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const alike = new Map<string, { readonly pairs: Pairs; readonly entities: ImportedEntity[] }>();
  for (const [entity, own] of open) {
    const pairs: Pairs = new Map([...own].filter(([text]) => (counts.get(text) ?? 0) >= fewest));
    const id = [...pairs.keys()].toSorted().join("\n");
    const group = alike.get(id) ?? { pairs, entities: [] };
    group.entities.push(entity);
    alike.set(id, group);
  }
  return [...alike.values()];
}

/** Undefined for what is in common to too few, or is only a type. */
function candidateOf(pairs: Pairs, groups: readonly Alike[]): Candidate | undefined {
  if (pairs.size < 2) return undefined;
  const texts = [...pairs.keys()];
  const having = groups.filter((group) => texts.every((text) => group.pairs.has(text)));
  const count = having.reduce((sum, { entities }) => sum + entities.length, 0);
  if (count < fewest) return undefined;
  const lines = yamlLines(Object.fromEntries(pairs.values())).length;
  // Each user has a line `use:`, and the template one with its name.
  return { pairs, users: having.flatMap(({ entities }) => entities), saved: count * (lines - 1) - lines - 1 };
}
