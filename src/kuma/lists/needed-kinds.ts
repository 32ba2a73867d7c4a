import type { Desired, KindName } from "../../model/entity.ts";
import { entryPageOf } from "../../model/entry-page.ts";

/** The kinds that a plan for `desired` needs, because they are declared or referred to. */
export function neededKinds({ entities }: Pick<Desired, "entities">): ReadonlySet<KindName> {
  return new Set(
    [...entities.values()].flatMap((entity): KindName[] => [
      entity.kind,
      ...entity.references.map(({ kind }) => kind),
      ...(entryPageOf(entity) === undefined ? [] : (["status-page"] as const)),
    ]),
  );
}
