/** A name for what several monitors have in common, from their own words. Keys hold no credentials, as names may. */
import { localKey } from "../../model/entity.ts";
import { textsIn } from "../../model/json.ts";
import type { ImportedEntity } from "../imported.ts";
import { slug } from "../../model/slug.ts";

/** Words that say nothing about what is watched. */
const emptyWords: ReadonlySet<string> = new Set([
  "the",
  "and",
  "com",
  "org",
  "net",
  "www",
  "http",
  "https",
  "check",
  "monitor",
]);

/** The share of monitors that have the word. */
const share = 0.8;

/** A word of nearly all their keys, else of their tags, else their group or type. One that `taken` does not have. */
export function commonName(entities: readonly ImportedEntity[], taken: ReadonlySet<string>): string {
  const type = entities[0]?.fields["type"];
  const words = [
    commonWord(entities.map(({ key }) => wordsOf(localKey(key)))),
    commonWord(entities.map(({ fields }) => textsIn(fields["tags"] ?? []).flatMap(wordsOf))),
    commonWord(entities.map(({ fields }) => textsIn(fields["parent"] ?? []).map(slug))),
    typeof type === "string" ? type : undefined,
  ];
  const name = words.find((word) => word !== undefined && word !== "" && !taken.has(word));
  if (name !== undefined) return name;
  const base = words.find((word) => word !== undefined && word !== "") ?? "common";
  for (let count = 2; ; count += 1) if (!taken.has(`${base}-${count}`)) return `${base}-${count}`;
}

/** The one that most have; of several, the longest. */
function commonWord(lists: readonly (readonly string[])[]): string | undefined {
  const counts = new Map<string, number>();
  for (const list of lists) for (const word of new Set(list)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= lists.length * share);
  const [first] = common.toSorted(
    ([left, leftCount], [right, rightCount]) =>
      rightCount - leftCount || right.length - left.length || (left < right ? -1 : 1),
  );
  return first?.[0];
}

function wordsOf(text: string): readonly string[] {
  return slug(text)
    .split("-")
    .filter((word) => word.length > 1 && !/^\d/u.test(word) && !emptyWords.has(word));
}
