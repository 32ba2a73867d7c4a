import type { DeclaredEntity } from "../config.ts";
import { findingFor, isWithheld } from "../entity-finding.ts";
import type { ConfigRule } from "./rule.ts";

/** An inverted keyword is up for every response without it: an empty page, a login page, another site. */
export const invertedKeyword: ConfigRule = {
  name: "inverted-keyword",
  checkAll({ entities }) {
    const watched = new Set(entities.filter(asksForMore).map(({ canonical }) => canonical["url"]));
    return entities
      .filter((entity) => isInverted(entity) && !watched.has(entity.canonical["url"] ?? null))
      .map((entity) =>
        findingFor(entity, {
          code: "KS1428",
          severity: "warning",
          message: "an inverted keyword alone is up for every answer without it, an empty or a login page too",
          hint: "watch the same URL for a text of its healthy answer as well, in a second monitor",
          pointer: "/invertKeyword",
          isAboutKey: true,
        }),
      );
  },
};

function isInverted(entity: DeclaredEntity): boolean {
  const { variant, canonical } = entity;
  return variant.type === "keyword" && canonical["invertKeyword"] === true && !isWithheld(entity, "/invertKeyword");
}

function asksForMore(entity: DeclaredEntity): boolean {
  const { type } = entity.variant;
  return type === "json-query" || (type === "keyword" && !isInverted(entity));
}
