import type { Area, Expected, Item } from "./area.ts";
import { UnreadableError, type Checkout } from "./checkout.ts";
import { knownOf, type KnownFacts } from "./known.ts";

export interface Difference {
  readonly change: "new" | "gone" | "changed" | "contradicted";
  readonly name: string;
  /** The value of something new; before and after of what changed. */
  readonly detail?: string;
  /** In the checkout; undefined for what is gone. */
  readonly place?: string;
  /** What kuma-sync does with it. */
  readonly use?: string;
}

export interface AreaResult {
  readonly id: string;
  readonly title: string;
  readonly todo: string;
  readonly differences: readonly Difference[];
  /** Why nothing can be said about this area. */
  readonly unreadable?: string;
  /** How many items the checkout has. */
  readonly count: number;
}

export interface Comparison {
  readonly version: string;
  readonly areas: readonly AreaResult[];
}

/** Compares all areas; one that cannot be read does not stop the others. */
export function compare(checkout: Checkout, areas: readonly Area[], facts: KnownFacts): Comparison {
  return { version: checkout.version, areas: areas.map((area) => compareArea(checkout, area, facts)) };
}

function compareArea(checkout: Checkout, area: Area, facts: KnownFacts): AreaResult {
  const { id, title, todo } = area;
  try {
    const items = area.read(checkout);
    const { version } = checkout;
    const expected = [...(area.expect?.(version) ?? []), ...knownOf(area, facts, version)];
    const found = differencesOf(items, expected, area);
    // What was recorded was looked at: some older releases begin the form with other values.
    const unseen = items.filter(({ name }) => found.some((difference) => difference.name === name));
    const contradicted = (area.contradictions?.(unseen, version) ?? []).map((each): Difference => ({
      change: "contradicted",
      ...each,
    }));
    const differences = [...found, ...contradicted];
    return { id, title, todo, differences, count: items.length };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { id, title, todo, differences: [], unreadable: error.message, count: 0 };
  }
}

function differencesOf(items: readonly Item[], expected: readonly Expected[], area: Area): readonly Difference[] {
  const known = new Map(expected.map((each) => [each.name, each]));
  const found = new Map(items.map((item) => [item.name, item]));
  const present = [...found.values()].flatMap(({ name, value, place }): readonly Difference[] => {
    const before = known.get(name);
    if (before === undefined)
      return [{ change: "new", name, place, ...(value === undefined ? {} : { detail: value }) }];
    if (before.value === value || before.value === undefined) return [];
    const detail = `${before.value} → ${value ?? "nothing"}`;
    return [{ change: "changed", name, place, detail, ...usedAs(before, area) }];
  });
  const gone = expected
    .filter(({ name }) => !found.has(name))
    .map((each): Difference => ({ change: "gone", name: each.name, ...usedAs(each, area) }));
  return [...present, ...gone];
}

function usedAs({ name, use }: Expected, area: Area): { readonly use?: string } {
  const text = use ?? area.uses?.(name);
  return text === undefined ? {} : { use: text };
}
