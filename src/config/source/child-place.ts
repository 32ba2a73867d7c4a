/** Finds places below a place, through aliases and merge keys. */
import { isMap, isSeq, type ParsedNode } from "yaml";
import { mergedPairs, type ParsedPair } from "./merge-keys.ts";
import { keyText, resolved, type YamlPlace } from "./positions.ts";

/** The place at the path `parts` below `place`; if there is none, the nearest place above it. */
export function placeBelow(place: YamlPlace, parts: readonly string[]): YamlPlace {
  let current = place;
  for (const part of parts) {
    const next = childPlace(current, part);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** Undefined if there is no such child. */
export function childPlace(place: YamlPlace, part: string): YamlPlace | undefined {
  const { document } = place;
  const node = resolved(document, place.node);
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const pair = pairNamed(mergedPairs(document, node).pairs, part);
    if (pair === undefined) return undefined;
    return { document, key: pair.key, ...(pair.value === null ? {} : { node: pair.value }) };
  }
  if (isSeq<ParsedNode>(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { document, node: item };
  }
  return undefined;
}

/** Pairs. A mapping of at least this size is searched with an index. */
const largeMap = 32;
const indexes = new WeakMap<readonly ParsedPair[], ReadonlyMap<string | undefined, ParsedPair>>();

/** The first pair with this key; a second one has a finding. */
function pairNamed(pairs: readonly ParsedPair[], name: string): ParsedPair | undefined {
  if (pairs.length < largeMap) return pairs.find(({ key }) => keyText(key) === name);
  const index = indexes.get(pairs) ?? new Map(pairs.toReversed().map((pair) => [keyText(pair.key), pair] as const));
  indexes.set(pairs, index);
  return index.get(name);
}
