/** What holds for every secret, in every spelling and every text. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/secrets/redactor.ts";
import { reachOf, shownForSecret } from "../../src/secrets/secret.ts";
import { createTextFinder } from "../../src/secrets/text-finder.ts";

function redactorOf(...secrets: readonly string[]) {
  const redactor = createRedactor();
  redactor.add(secrets);
  return redactor;
}

/** None of these characters is in `shownForSecret` or beside a secret below. */
const odd = fc.constantFrom(...Array.from("ABCDEF0189-+=/&%#\"'\\<>ä€😀 "));
const long = fc.string({ unit: odd, minLength: 6, maxLength: 200 }).filter((text) => text.trim().length >= 6);
const short = fc.string({ unit: fc.constantFrom(...Array.from("ABC019")), minLength: 4, maxLength: 5 });

const spellings: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => secret,
  "in a URL": (secret) => encodeURIComponent(secret),
  "in a URL with small letters": (secret) =>
    encodeURIComponent(secret).replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()),
  "in a form": (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
  "in JSON": (secret) => JSON.stringify(secret).slice(1, -1),
  "in JSON in JSON": (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  "in base64": (secret) => Buffer.from(secret).toString("base64"),
  "in base64 for URLs": (secret) => Buffer.from(secret).toString("base64url"),
  "on one line": (secret) => secret.replaceAll(/\s+/gu, " ").trim(),
  "as a host name": (secret) => secret.toLowerCase(),
};

describe.each(Object.entries(spellings))("law: a secret %s is never printed", (_name, spell) => {
  test("within any text", () => {
    fc.assert(
      fc.property(long, fc.string({ unit: fc.constantFrom("x", "y", ".") }), (secret, around) => {
        const spelled = spell(secret);
        expect(redactorOf(secret).text(`${around}${spelled}${around}`)).not.toContain(spelled);
      }),
    );
  });
});

test("law: the password of a Basic header is never printed", () => {
  fc.assert(
    fc.property(long, fc.string({ minLength: 1, maxLength: 9 }), (secret, user) => {
      const header = Buffer.from(`${user}:${secret}`).toString("base64");
      const shown = redactorOf(secret).text(`Basic ${header}`);
      expect(Buffer.from(shown.slice("Basic ".length), "base64").toString()).not.toContain(secret);
    }),
  );
});

test("law: a short secret is never printed as a word", () => {
  fc.assert(
    fc.property(short, fc.constantFrom(" ", "", '"', "=", ".", "/"), (secret, beside) => {
      expect(redactorOf(secret).text(`x ${beside}${secret}${beside} y`)).toBe(
        `x ${beside}${shownForSecret}${beside} y`,
      );
    }),
  );
});

test("law: the beginning of a truncated secret is not printed", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom("a", "b", "c") }), (secret) => {
      for (let length = 4; length < secret.length; length += 1) {
        const cut = secret.slice(0, length);
        expect(redactorOf(secret).text(`not in [${cut}...]`)).not.toContain(cut);
      }
    }),
  );
});

test("law: a text that holds no secret stays as it is, byte for byte", () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('xyzß. :/@?=&\n"')) });
  fc.assert(
    fc.property(fc.array(fc.oneof(long, short), { maxLength: 50 }), text, fc.jsonValue(), (secrets, shown, data) => {
      const redactor = redactorOf(...secrets.map((secret) => `A${secret}`));
      expect(redactor.text(shown)).toBe(shown);
      const clean = JSON.parse(JSON.stringify(data).replaceAll("A", "x")) as unknown;
      expect(JSON.stringify(redactor.data(clean, "text"))).toBe(JSON.stringify(clean));
    }),
  );
});

test("law: however many secrets there are, what is found is what a search for each of them finds", () => {
  const few = fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 4, maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "-", "…"), maxLength: 60 });
  fc.assert(
    fc.property(fc.array(few, { maxLength: 8 }), text, (secrets, shown) => {
      const finder = createTextFinder();
      for (const secret of secrets) finder.add(secret);
      const covered = new Set<number>();
      for (const secret of secrets) {
        for (let at = shown.indexOf(secret); at >= 0; at = shown.indexOf(secret, at + 1)) {
          const end = at + secret.length;
          const isPart = /[ab]/u.test(shown.charAt(at - 1)) || /[ab]/u.test(shown.charAt(end));
          if (reachOf(secret) === "word" && isPart) continue;
          for (let index = at; index < end; index += 1) covered.add(index);
        }
      }
      const found = finder
        .rangesIn(shown)
        .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index));
      expect(found).toEqual([...covered].toSorted((left, right) => left - right));
    }),
  );
});
