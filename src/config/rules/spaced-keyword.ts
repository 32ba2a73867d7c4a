import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * A keyword of JSON with spaces between its tokens. Before the search, the server parses the body and writes it again
 * without spaces (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export const spacedKeyword: EntityRule = {
  name: "spaced-keyword",
  kind: "monitor",
  checkEach(entity) {
    const { keyword } = entity.written;
    if (typeof keyword !== "string" || isWithheld(entity, "/keyword")) return [];
    if (entity.variant.type !== "keyword" && entity.variant.type !== "grpc-keyword") return [];
    const blank = firstBlank(keyword);
    return blank === undefined || isInSample(entity, keyword) ? [] : [finding(entity, keyword, blank)];
  },
};

const token = /"(?:[^"\\]|\\.)*"|\s+|[^"\s]+|"/gu;

function firstBlank(keyword: string): readonly [start: number, end: number] | undefined {
  // A name and its colon, or the end of a text and a comma. Anything else may be a sentence.
  if (!/"\s*:|"\s*,\s*"|[\d\]}el]\s*,\s*"/u.test(keyword)) return undefined;
  for (const { 0: text, index } of keyword.matchAll(token)) {
    const before = keyword.slice(0, index);
    const after = keyword.slice(index + text.length);
    const isBetween = /[:,{[]$/u.test(before) || /^[:,}\]]/u.test(after);
    if (/^\s/u.test(text) && isBetween) return [index, index + text.length];
  }
  return undefined;
}

/** A healthy response that is not JSON is searched unchanged. */
function isInSample({ tests }: DeclaredEntity, keyword: string): boolean {
  const body = tests?.sample?.body;
  if (body === undefined || !body.includes(keyword)) return false;
  try {
    JSON.parse(body);
    return false;
  } catch {
    return true;
  }
}

function finding(entity: DeclaredEntity, keyword: string, range: readonly [number, number]): EntityFinding {
  const isInverted = entity.canonical["invertKeyword"] === true;
  const tight = [...keyword.matchAll(token)].map(([text]) => (/^\s/u.test(text) ? "" : text)).join("");
  return {
    code: "KS1429",
    severity: "warning",
    message: `JSON is searched without the blanks between its tokens: this keyword is never found${isInverted ? ", and the monitor is always up" : ""}`,
    ...(isHidden(entity, "/keyword")
      ? {}
      : { hint: `write keyword: '${tight}'`, repair: { type: "replace", value: tight } as const }),
    pointer: "/keyword",
    range,
  };
}
