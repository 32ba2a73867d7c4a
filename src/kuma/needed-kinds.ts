import type { Desired, KindName } from "../model/entity.ts";

/** The kinds that a plan for `desired` looks at because of what is written: declared or referred to. */
export function neededKinds({ entities }: Pick<Desired, "entities">): ReadonlySet<KindName> {
  return new Set([...entities.values()].flatMap(({ kind, references }) => [kind, ...references.map((to) => to.kind)]));
}
