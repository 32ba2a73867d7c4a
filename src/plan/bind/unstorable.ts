/**
 * Recognises text that the server's database could not store: MariaDB silently replaces characters outside its
 * character set with `?` (seen on 2.5.3 with latin1 and utf8mb3).
 */
import { isEqualJson, isJsonObject, type Json } from "../../model/json.ts";

/** A character outside Unicode's basic plane becomes one question mark, or one for each of its four bytes. */
const mostMarks = 4;

/**
 * Whether `found` is `wanted` with some of its non-ASCII characters replaced by question marks, and otherwise equal.
 */
export function isMangled(wanted: Json, found: Json): boolean {
  return !isEqualJson(wanted, found) && isLike(wanted, found);
}

function isLike(wanted: Json, found: Json): boolean {
  if (typeof wanted === "string") return typeof found === "string" && isLikeText(wanted, found);
  if (Array.isArray(wanted)) return Array.isArray(found) && isLikeSet(wanted, found);
  if (!isJsonObject(wanted)) return wanted === found;
  if (!isJsonObject(found)) return false;
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(found).length &&
    names.every((name) => Object.hasOwn(found, name) && isLike(wanted[name] ?? null, found[name] ?? null))
  );
}

/** Sets are sorted, and question marks change the order. */
function isLikeSet(wanted: readonly Json[], found: readonly Json[]): boolean {
  if (wanted.length !== found.length) return false;
  const left = [...found];
  return wanted.every((item) => {
    const exact = left.findIndex((other) => isEqualJson(item, other));
    const index = exact >= 0 ? exact : left.findIndex((other) => isLike(item, other));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

/** Tracks every place in `found` where the text read so far could end. */
function isLikeText(wanted: string, found: string): boolean {
  if (wanted === found) return true;
  if (!found.includes("?")) return false;
  let ends = new Set([0]);
  for (const character of wanted) {
    const next = new Set<number>();
    for (const end of ends) {
      if (found.startsWith(character, end)) next.add(end + character.length);
      if (character <= "\u007F") continue;
      const most = character.length > 1 ? mostMarks : 1;
      for (let marks = 1; marks <= most && found[end + marks - 1] === "?"; marks += 1) next.add(end + marks);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return ends.has(found.length);
}
