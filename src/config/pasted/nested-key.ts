import { sameWord } from "../../model/guess.ts";
import { plainName } from "./plain-name.ts";
import { renamed, type MeantKey } from "./meant-key.ts";

/** Uptime Kuma's own names within status pages and other nested values. */
const otherNames: Readonly<Record<string, string>> = {
  monitorlist: "monitors",
  publicgrouplist: "groups",
  key: "name",
  title: "name",
  user: "username",
  login: "username",
  address: "url",
  server: "url",
};

/** The key that was meant within a field, one of those allowed there. */
export function meantNestedKey(name: string, known: readonly string[]): MeantKey | undefined {
  const plain = plainName(name);
  const same = sameWord(name, known);
  if (same !== undefined) return renamed(same);
  if (plain === "weight" && known.includes("monitors")) return { hint: "leave it out: the order of the list counts" };
  if ((plain === "color" || plain === "colour") && known.includes("value")) {
    return { hint: "leave it out: a tag has its color under `tags:` at the top level" };
  }
  const other = Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined;
  return other !== undefined && known.includes(other) ? { hint: `write ${other}`, field: other } : undefined;
}
