/** Proposes keys for the items of a list that should be a mapping. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { slug } from "../../model/slug.ts";
import { keyText } from "../source/positions.ts";

/** One key for each item, all different, made from a name or similar text. None if no item has such a text. */
export function keysOfItems(list: ParsedNode): readonly string[] {
  if (!isSeq<ParsedNode>(list) || list.items.every((item) => nameOf(item) === undefined)) return [];
  const taken = new Set<string>();
  return list.items.map((item, index) => {
    const base = slug(nameOf(item) ?? "") || `item-${index + 1}`;
    let key = base;
    for (let count = 2; taken.has(key); count += 1) key = `${base}-${count}`;
    taken.add(key);
    return key;
  });
}

function nameOf(item: ParsedNode): string | undefined {
  if (isAlias(item) || !isMap<ParsedNode, ParsedNode | null>(item)) {
    return isScalar(item) && typeof item.value === "string" ? item.value : undefined;
  }
  for (const wanted of ["key", "id", "name", "title", "hostname", "url", "type"]) {
    const value = item.items.find(({ key }) => keyText(key) === wanted)?.value;
    // A text with variables differs between targets.
    if (isScalar(value) && typeof value.value === "string" && !value.value.includes("${")) {
      return value.value.replace(/^[a-z]+:\/\/(?:[^@/]*@)?/iu, "");
    }
  }
  return undefined;
}
