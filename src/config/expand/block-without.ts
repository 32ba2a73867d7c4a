import { isMap, YAMLMap, type ParsedNode } from "yaml";
import { mergedPairs } from "../source/merge-keys.ts";
import { keyText, resolved, type YamlPlace } from "../source/positions.ts";

/** The block without some of its keys, which are then not read with it. */
export function blockWithout(place: YamlPlace, names: readonly string[]): YamlPlace {
  const node = resolved(place.document, place.node);
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return place;
  const body = new YAMLMap() as YAMLMap.Parsed;
  body.items = mergedPairs(place.document, node).pairs.filter(({ key }) => !names.includes(keyText(key) ?? ""));
  body.range = node.range;
  return { ...place, node: body };
}
