/**
 * Runs of monitors that differ in one or two fields, as blocks with `each:`. Monitors of one group and type are compared. A loop
 * stands where the first of its monitors stood.
 */
import { localKey, type EntityKey } from "../../model/entity.ts";
import { canonicalText, type Json, type JsonObject } from "../../model/json.ts";
import { yamlLines } from "../../output/yaml/yaml-file.ts";
import type { ImportedEntity } from "../imported.ts";
import { loopOf } from "./loop-of.ts";

export interface FoundLoops {
  readonly entities: readonly ImportedEntity[];
  /** For `adopt:` at the top level: what the monitors of loops adopt. */
  readonly adopt: readonly Json[];
}

const fewest = 3;
const mostFree = 2;
/** Lines that a loop has to save; fewer are not worth reading a table. */
const leastSaved = 4;
/** Of many fields, all pairs would be too many to try. */
const mostPaired = 20;

/** What each monitor of a loop has for itself, beside the fields that differ. */
const besideFields: ReadonlySet<string> = new Set(["name", "adopt"]);

export function findLoops(entities: readonly ImportedEntity[]): FoundLoops {
  const runs = new Map<string, ImportedEntity[]>();
  for (const entity of entities) {
    const { kind, obstacle, fields } = entity;
    if (kind !== "monitor" || obstacle !== undefined || fields["type"] === "group") continue;
    const id = canonicalText([fields["parent"] ?? null, fields["type"] ?? null, comparedFields(entity).toSorted()]);
    runs.set(id, [...(runs.get(id) ?? []), entity]);
  }
  const taken = new Set<EntityKey>();
  const loops = [...runs.values()].flatMap((run) => loopsIn(run, taken));
  const byFirst = new Map(loops.map(({ members: [first], entity }) => [first, entity]));
  const inLoops = new Set(loops.flatMap(({ members }) => members));
  return {
    entities: entities.flatMap((entity) => byFirst.get(entity) ?? (inLoops.has(entity) ? [] : entity)),
    adopt: entities.flatMap((entity) => {
      const { adopt } = entity.fields;
      return adopt === undefined || !inLoops.has(entity) ? [] : [{ to: entity.key, ...(adopt as JsonObject) }];
    }),
  };
}

interface Loop {
  readonly members: readonly ImportedEntity[];
  readonly entity: ImportedEntity;
}

/** `taken` has the keys of loops so far, which no two may share. */
function loopsIn(run: readonly ImportedEntity[], taken: Set<EntityKey>): readonly Loop[] {
  const inLoops = new Set<ImportedEntity>();
  return alikeIn(run).flatMap(({ members: all, free }): readonly Loop[] => {
    const members = all.filter((entity) => !inLoops.has(entity));
    if (members.length < fewest) return [];
    const entity = loopOf(members, free, taken);
    if (entity === undefined || linesOf(members) - linesOf([entity]) < leastSaved) return [];
    taken.add(entity.key);
    for (const member of members) inLoops.add(member);
    return [{ members, entity }];
  });
}

/** Without adoptions, which have a line each in both forms. */
function linesOf(entities: readonly ImportedEntity[]): number {
  return entities.reduce(
    (sum, { key, fields: { adopt: _adopt, ...fields } }) => sum + yamlLines({ [localKey(key)]: fields }).length,
    0,
  );
}

interface AlikeMonitors {
  readonly members: readonly ImportedEntity[];
  /** The fields in which they differ. */
  readonly free: readonly string[];
}

/** All sets of monitors that differ in at most two fields, the largest first; of equal ones, those with fewer fields. */
function alikeIn(run: readonly ImportedEntity[]): readonly AlikeMonitors[] {
  const [first] = run;
  if (first === undefined || run.length < fewest) return [];
  const names = comparedFields(first);
  const values = new Map(names.map((name) => [name, numbered(run.map(({ fields }) => fields[name] ?? null))]));
  const differing = names.filter((name) => values.get(name)?.some((value) => value > 0));
  const pairs = differing
    .slice(0, mostPaired)
    .flatMap((one, index) => differing.slice(index + 1).map((other) => [one, other]));
  const choices: readonly (readonly string[])[] = [[], ...differing.map((name) => [name]), ...pairs];
  return choices
    .filter(({ length }) => length <= mostFree)
    .flatMap((free) => {
      const kept = differing.filter((name) => !free.includes(name)).map((name) => values.get(name) ?? []);
      const sets = new Map<string, ImportedEntity[]>();
      for (const [index, entity] of run.entries()) {
        const id = kept.map((column) => column[index]).join(" ");
        sets.set(id, [...(sets.get(id) ?? []), entity]);
      }
      return [...sets.values()].flatMap((members) => (members.length < fewest ? [] : [{ members, free }]));
    })
    .toSorted((left, right) => right.members.length - left.members.length || left.free.length - right.free.length);
}

/** The same number for the same value; 0 for the first. */
function numbered(values: readonly Json[]): readonly number[] {
  const known = new Map<string, number>();
  return values.map((value) => {
    const text = canonicalText(value);
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  });
}

function comparedFields({ fields }: ImportedEntity): readonly string[] {
  return Object.keys(fields).filter((name) => !besideFields.has(name));
}
