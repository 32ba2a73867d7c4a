/**
 * What was seen in each release of Uptime Kuma, for what our own tables do not say: one JSON file an area, with a step for
 * each release that changed something. `--record` adds a step.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareVersions } from "../../src/model/release.ts";
import type { Area, Expected, Item } from "./area.ts";

/** A release and what it added and took away, as `name` or `name = value`. Sorted. */
interface Step {
  readonly release: string;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

export type KnownFacts = Readonly<Record<string, readonly Step[]>>;

export function readKnown(folder: string, areas: readonly Area[]): KnownFacts {
  return Object.fromEntries(
    areas
      .filter(({ hasKnown, id }) => hasKnown && existsSync(fileOf(folder, id)))
      .map(({ id }) => [id, JSON.parse(readFileSync(fileOf(folder, id), "utf8")) as readonly Step[]]),
  );
}

/** What a version has by the steps up to it; names that the area's own table has at any release are left to that. */
export function knownOf(area: Area, facts: KnownFacts, version: string): readonly Expected[] {
  const modelled = namesOfTable(area);
  return [...linesOf(area, facts, version)].map(expectedOf).filter(({ name }) => !modelled.has(name));
}

/** Adds to the files what differs between the steps before `version` and what it has. */
export function record(folder: string, area: Area, facts: KnownFacts, version: string, items: readonly Item[]): void {
  const modelled = namesOfTable(area);
  const others = (facts[area.id] ?? []).filter(({ release }) => release !== version);
  const before = linesOf(area, { [area.id]: others }, version);
  const now = new Set(items.filter(({ name }) => !modelled.has(name)).map(lineFor));
  const added = [...now].filter((line) => !before.has(line)).toSorted();
  const removed = [...before].filter((line) => !now.has(line)).toSorted();
  if (added.length === 0 && removed.length === 0 && others.length === (facts[area.id] ?? []).length) return;
  const step = {
    release: version,
    ...(added.length === 0 ? {} : { added }),
    ...(removed.length === 0 ? {} : { removed }),
  };
  const isEmpty = added.length === 0 && removed.length === 0;
  const steps = [...others, ...(isEmpty ? [] : [step])].toSorted((a, b) => compareVersions(a.release, b.release));
  writeFileSync(fileOf(folder, area.id), `${JSON.stringify(steps, null, 2)}\n`);
}

function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}

function linesOf(area: Area, facts: KnownFacts, version: string): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { release, added = [], removed = [] } of facts[area.id] ?? []) {
    if (compareVersions(release, version) > 0) break;
    for (const line of removed) lines.delete(line);
    for (const line of added) lines.add(line);
  }
  return lines;
}

/** Later than all releases: a name that the table has at any time is its. */
const never = "9999.0.0";

function namesOfTable(area: Area): ReadonlySet<string> {
  return new Set((area.expect?.(never) ?? []).map(({ name }) => name));
}

const separator = " := ";

function lineFor({ name, value }: Item): string {
  return value === undefined ? name : `${name}${separator}${value}`;
}

function expectedOf(line: string): Expected {
  const at = line.indexOf(separator);
  return at < 0 ? { name: line } : { name: line.slice(0, at), value: line.slice(at + separator.length) };
}
