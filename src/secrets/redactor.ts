/**
 * Removes the secrets of a run from everything that it prints or writes. Plans, findings and reports hold no secret by
 * construction; this catches secrets from elsewhere, such as a token that a server quotes in an error.
 *
 * Data is redacted before it is rendered, value by value. In a rendered text, replacing a secret that is a word of the
 * format would break the text, and a secret that was cut or escaped would not be found.
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
 * Starts without secrets, which become known while a command reads its input. `asPrinted` is how the program prints
 * texts of others; texts that are already printed are searched in that form too.
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
