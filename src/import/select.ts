/** Globs over keys and names: `*` is any text, `?` any character; case does not count. */
import type { EntityKey, KindName } from "../model/entity.ts";

export interface Selection {
  /** Of `monitor/api`, of `api`, or of the display name; none: everything. */
  readonly patterns: readonly string[];
  /** None: all. */
  readonly kinds: readonly KindName[];
}

export function createSelection({
  patterns,
  kinds,
}: Selection): (found: { readonly key: EntityKey; readonly name: string }) => boolean {
  const expressions = patterns.map(toExpression);
  return ({ key, name }) => {
    const slash = key.indexOf("/");
    const isOfKind = kinds.length === 0 || kinds.includes(key.slice(0, slash) as KindName);
    const texts = [key, key.slice(slash + 1), name];
    return isOfKind && (expressions.length === 0 || expressions.some((one) => texts.some((text) => one.test(text))));
  };
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll(/\*+/gu, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "isu");
}
