import { deadBodies } from "../../query/experiment/dead-bodies.ts";
import { keywordText } from "../../query/verdict/decode-body.ts";
import { isHidden, isWithheld } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * Keywords that a broken service or a login page can contain too: `ok` is part of "cookie" and "token"
 * (docs/upstream/jsonata.md#dead-bodies).
 */
export const weakKeyword: EntityRule = {
  name: "weak-keyword",
  kind: "monitor",
  checkEach(entity) {
    const { variant, canonical } = entity;
    const { keyword, invertKeyword } = canonical;
    if (variant.type !== "keyword" || typeof keyword !== "string" || invertKeyword === true) return [];
    if (isWithheld(entity, "/keyword") || isWithheld(entity, "/invertKeyword")) return [];
    const why = weaknessOf(keyword);
    if (why === undefined) return [];
    return [
      {
        code: "KS1427",
        severity: "warning",
        message: isHidden(entity, "/keyword") ? "the keyword proves too little" : `the keyword ${why}`,
        hint: "take more of the healthy answer, such as a whole line, or in JSON name and value without blanks",
        pointer: "/keyword",
      },
    ];
  },
};

const shortest = 4;
/** Words that are part of their own opposites. */
const opposites: Readonly<Record<string, string>> = {
  healthy: "unhealthy",
  available: "unavailable",
  reachable: "unreachable",
  active: "inactive",
  connected: "disconnected",
  successful: "unsuccessful",
};

function weaknessOf(keyword: string): string | undefined {
  const body = deadBodies.find((dead) => keywordText(dead.body).includes(keyword));
  if (body !== undefined) return `also stands in what a broken service answers (${body.name})`;
  // In Chinese, two characters are a word.
  if (/^[\u0020-\u007E]+$/u.test(keyword) && keyword.trim().length < shortest) {
    return `of ${keyword.trim().length === 1 ? "one letter" : `${keyword.trim().length} letters`} stands in many pages by chance`;
  }
  const opposite = Object.hasOwn(opposites, keyword) ? opposites[keyword] : undefined;
  return opposite === undefined ? undefined : `also stands in "${opposite}"`;
}
