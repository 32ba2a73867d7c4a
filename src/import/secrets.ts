/**
 * Keeps the secrets of a server out of the written files. Each secret becomes a variable, and equal secrets share one. A
 * secret that also appears in a field that is not sensitive, such as an API key in another monitor's address, is
 * replaced there too.
 */
import { misreadIn } from "../secrets/misread-secret.ts";
import { createTextFinder, type TextRange } from "../secrets/text-finder.ts";
import { urlCredentials } from "../secrets/url-credentials.ts";
import { envName } from "./env-name.ts";

export interface SecretVariable {
  readonly name: string;
  readonly value: string;
}

export interface Secrets {
  /**
   * Returns `${env:NAME}` for `value`. The name is made of `place`: the key, the field, and the names below the field.
   */
  placeholder(value: string, place: readonly string[]): string;
  /** Replaces the secrets within a text that is not secret as a whole, and escapes what looks like an expression. */
  text(text: string, place: readonly string[]): string;
  /** In the order in which they were found. */
  readonly variables: readonly SecretVariable[];
}

export function createSecrets(): Secrets {
  const byValue = new Map<string, SecretVariable>();
  const names = new Set<string>();
  const finder = createTextFinder();

  const placeholder = (value: string, place: readonly string[]): string => {
    const known = byValue.get(value) ?? { name: envName(place, names), value };
    if (!byValue.has(value)) {
      byValue.set(value, known);
      names.add(known.name);
      finder.add(value);
    }
    return `\${env:${known.name}}`;
  };

  const withoutKnown = (text: string, place: readonly string[]): string => {
    let written = "";
    let from = 0;
    for (const { start, end } of finder.rangesIn(text)) {
      // `$${` would be a literal, so a dollar before the secret becomes part of the variable.
      const before = text.slice(from, start).replace(/\$+$/u, "");
      written += escaped(before) + placeholder(text.slice(from + before.length, end), place);
      from = end;
    }
    return written + escaped(text.slice(from));
  };

  /** Whether a URL would encode a secret in it, so that the text would not be the same any more. */
  const isMisread = (text: string): boolean => {
    if (!text.includes("://")) return false;
    const ranges: TextRange[] = [];
    let from = 0;
    for (const { start, end } of [...urlCredentials(text), { start: text.length, end: text.length }]) {
      for (const found of finder.rangesIn(text.slice(from, start))) {
        ranges.push({ start: from + found.start, end: from + found.end });
      }
      if (end > start) ranges.push({ start, end });
      from = end;
    }
    const open = (start: number, end: number): string =>
      ranges.reduceRight(
        (rest, range) => {
          const [first, last] = [Math.max(range.start, start) - start, Math.min(range.end, end) - start];
          return last > first ? rest.slice(0, first) + rest.slice(last) : rest;
        },
        text.slice(start, end),
      );
    return ranges.some(({ start, end }) => {
      const value = text.slice(start, end);
      return misreadIn({ before: open(0, start), value, after: open(end, text.length) }) !== undefined;
    });
  };

  return {
    placeholder,
    text: (text, place) => {
      if (isMisread(text)) return placeholder(text, place);
      let written = "";
      let from = 0;
      for (const { start, end, name } of urlCredentials(text)) {
        written += withoutKnown(text.slice(from, start), place) + placeholder(text.slice(start, end), [...place, name]);
        from = end;
      }
      return written + withoutKnown(text.slice(from), place);
    },
    get variables() {
      return [...byValue.values()];
    },
  };
}

/** `${` is an expression in a configuration, and `$${` is those two characters. */
function escaped(text: string): string {
  return text.replaceAll("${", () => "$${");
}
