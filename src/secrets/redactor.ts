/**
 * Takes the secrets of a run out of everything that it prints or writes for others. Plans, findings and reports hold no secret
 * by construction; this catches what slips in from elsewhere, such as a server that quotes a token in an error text.
 *
 * Data is redacted before anything is rendered from it, value by value: cut out of a rendered text, a secret that is a word of
 * the format would break it, and one that rendering has cut or escaped would not be found.
 */
import type { AnyPlaces, Places } from "./places.ts";
import { shownForSecret } from "./secret.ts";
import { spellingsOf } from "./spellings.ts";
import { createTextFinder, replaceRanges } from "./text-finder.ts";
import { withoutUrlCredentials } from "./url-credentials.ts";

export interface Redactor {
  /** More values that must never be printed. */
  add(secrets: readonly string[]): void;
  text(text: string): string;
  /** The same value without the secrets; the input is not changed. Maps stay maps, objects of classes become plain ones. */
  data<Value>(value: Value, places: Places<Value>): Value;
}

/**
 * Starts without secrets: they become known while a command reads its input. `asPrinted` is how the program prints a text that
 * is not its own; a text that is printed already is searched for secrets in that form too.
 */
export function createRedactor(asPrinted: (text: string) => string = (text) => text): Redactor {
  const known = new Set<string>();
  const finder = createTextFinder();

  const text = (shown: string): string =>
    replaceRanges(shown, finder.rangesIn(shown, { withCut: true }), shownForSecret);

  const redact = (value: unknown, places: AnyPlaces): unknown => {
    if (places === "own") return value;
    if (typeof value === "string") return text(places === "value" ? withoutUrlCredentials(value) : value);
    if (typeof value === "number" && places === "value") {
      return text(String(value)) === String(value) ? value : shownForSecret;
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => redact(item, places));
    const below = (name: string): AnyPlaces =>
      typeof places === "string" ? places : ((Object.hasOwn(places, name) ? places[name] : places["*"]) ?? "text");
    if (value instanceof Map) {
      return new Map([...value].map(([name, item]: [unknown, unknown]) => [name, redact(item, below(String(name)))]));
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        places === "value" ? text(name) : name,
        redact(member, below(name)),
      ]),
    );
  };

  return {
    add(secrets) {
      for (const secret of secrets) {
        if (known.has(secret)) continue;
        known.add(secret);
        for (const spelling of spellingsOf(secret, asPrinted)) finder.add(spelling);
      }
    },
    text,
    data: <Value>(value: Value, places: Places<Value>) => redact(value, places) as Value,
  };
}
