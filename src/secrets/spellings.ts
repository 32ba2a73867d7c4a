/** The forms in which a secret can appear in a text: encoded, quoted, on one line, in parts. */
import { addressParts } from "./address-parts.ts";
import { reachOf } from "./secret.ts";

/** `asPrinted` is how the program prints texts of others, for texts that are already printed. */
export function spellingsOf(secret: string, asPrinted: (text: string) => string): readonly string[] {
  const parts = [secret, ...linesOf(secret), ...addressParts(secret)];
  const all = parts.flatMap((part) => {
    if (reachOf(part) === "anywhere") return encodingsOf(part, asPrinted);
    // Other spellings of a short secret are too short to be recognised.
    return part === secret ? [part] : [];
  });
  return [...new Set(all)];
}

/** A key file can also appear line by line, in a code frame or in a quote of the server. */
function linesOf(secret: string): readonly string[] {
  return secret.includes("\n") ? secret.split(/\r?\n/u) : [];
}

/**
 * In a URL, in a quoted text or one inside another, with its white space reduced, in small letters, in a Basic header.
 */
function encodingsOf(secret: string, asPrinted: (text: string) => string): readonly string[] {
  const bytes = Buffer.from(secret);
  // Through bytes, because encodeURI throws on half a surrogate pair.
  const whole = bytes.toString();
  const quoted = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeURIComponent(whole);
  const written = [
    secret,
    // The spelling of host names.
    secret.toLowerCase(),
    encoded,
    encoded.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()),
    encodeURI(whole),
    new URLSearchParams([["", whole]]).toString().slice(1),
    quoted,
    JSON.stringify(quoted).slice(1, -1),
  ];
  return [
    // One after the other: the server quotes it, its message becomes one line (kuma/socket/server-message.ts), and that
    // is printed.
    ...written.flatMap((text) => [text, oneLine(text)]).flatMap((text) => [text, asPrinted(text)]),
    asPrinted(secret).replaceAll('"', String.raw`\"`),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    ...base64Within(bytes),
  ].filter((text) => reachOf(text) === "anywhere");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
}

/**
 * After a user name, the same bytes have one of three spellings. Characters that depend on their neighbours are left
 * out.
 */
function base64Within(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice([0, 2, 3][before], Math.floor(((before + bytes.length) * 8) / 6));
  });
}
