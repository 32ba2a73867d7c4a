import type { KindName, Lifecycle } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { canonicalText } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, placeIn } from "../entity-finding.ts";
import { leftOutAt } from "../expand/left-out.ts";
import { readFullKey } from "../sections/full-key.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { ConfigRule, RuleInput } from "./rule.ts";

/** Every adopting entity is declared, and no two adopt the same object. */
export const adoptions: ConfigRule = {
  name: "adoptions",
  checkAll: (input) => [...unknownAdopters(input), ...adoptedTwice(input)],
};

function unknownAdopters({
  adoptions: written,
  registry,
  declared,
  leftOut,
  isComplete,
  nearKey,
}: RuleInput): readonly Finding[] {
  return written.flatMap(({ to, place }): readonly Finding[] => {
    const base = { severity: "error", at: spanOf(placeBelow(place, ["to"]), "value") } as const;
    const read = readFullKey(to, { registry, declared });
    if (!("key" in read)) return [{ ...read, ...base }];
    if (declared.has(read.key) || leftOutAt(read.key, leftOut) !== undefined || !isComplete) return [];
    const hint = nearKey(read.key);
    return [{ ...base, code: "KS1607", message: `"${read.key}" is not declared`, ...hint }];
  });
}

function adoptedTwice({ entities, adoptions: written }: RuleInput): readonly Finding[] {
  const listed = new Map(written.map(({ to, place }) => [to, place]));
  const placeOf = (entity: DeclaredEntity): YamlPlace => listed.get(entity.key) ?? placeIn(entity, "/adopt");
  const first = new Map<string, DeclaredEntity>();
  return entities.flatMap((entity): readonly Finding[] => {
    const { adopt } = entity.lifecycle;
    if (adopt === undefined) return [];
    const object = `${entity.kind} ${canonicalText({ ...adopt })}`;
    const other = first.get(object);
    if (other === undefined) {
      first.set(object, entity);
      return [];
    }
    const finding = findingFor(entity, {
      code: "KS1608",
      severity: "error",
      message: `${adoptedWords(entity.kind, adopt)} is adopted twice`,
      related: { message: "first here", at: spanOf(placeOf(other), "value") },
      pointer: "/adopt",
    });
    return [{ ...finding, at: spanOf(placeOf(entity), "value") }];
  });
}

function adoptedWords(kind: KindName, adopt: NonNullable<Lifecycle["adopt"]>): string {
  return "id" in adopt ? `${kind} ${adopt.id}` : `${kind} "${adopt.name}"`;
}
