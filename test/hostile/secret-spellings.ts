/** Every form in which a secret could slip out, so that a search for it cannot be fooled by an escape. */
import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";

/** Whole, and what is left when a cut or an escape took the ends off; hashes too. */
function spellingsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const written = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    secret.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim(),
    secret.replaceAll(/[<>&"']/gu, (character) => `&#${character.codePointAt(0)};`),
    // What is left in front of a cut.
    secret.slice(0, 7),
    ...(secret.match(/[\p{L}\p{N}]{7,}/gu) ?? []),
    ...["base64", "base64url", "hex"].map((encoding) =>
      Buffer.from(secret)
        .toString(encoding as BufferEncoding)
        .replace(/=+$/u, ""),
    ),
    ...base64Within(secret),
    ...["sha256", "sha1", "md5"].flatMap((name) => {
      const digest = createHash(name).update(secret).digest();
      const ofJson = createHash(name).update(JSON.stringify(secret)).digest();
      return [digest, ofJson].flatMap((hash) => [
        hash.toString("hex").slice(0, 8),
        hash.toString("base64").slice(0, 8),
      ]);
    }),
  ];
  return [...new Set(written)].filter(({ length }) => length >= 5);
}

/** The characters of base64 that depend on nothing else, wherever in a longer text the secret stands. */
function base64Within(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice([0, 2, 3][before], Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** The first leak of `secret`, with what stands around it; undefined when there is none. */
export function findLeak(secret: string, places: ReadonlyMap<string, string>): string | undefined {
  for (const [place, text] of places) {
    for (const spelling of spellingsOf(secret)) {
      const index = text.indexOf(spelling);
      if (index >= 0) {
        const around = text.slice(Math.max(0, index - 60), index + spelling.length + 40);
        return `${place} has ${JSON.stringify(spelling)}: ${JSON.stringify(around)}`;
      }
    }
  }
  return undefined;
}

/** The ledgers among the settings as what they say, unpacked. */
export function ledgerTexts(settings: JsonObject): string {
  return Object.entries(settings)
    .filter(([key]) => key.startsWith("kumaSync/"))
    .map(([key, value]) => `${key} ${unpacked(value)}`)
    .join("\n");
}

function unpacked(head: Json): string {
  const text = isJsonObject(head) ? head["text"] : undefined;
  if (typeof text !== "string") return JSON.stringify(head);
  return inflateRawSync(Buffer.from(text, "base64")).toString("utf8");
}
