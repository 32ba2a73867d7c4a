/**
 * Names and messages from a server or a file are only shown. They could contain escape codes that rewrite the
 * terminal, line breaks that forge lines, bidirectional controls that reorder them, characters nobody can see, and the
 * workflow commands that GitHub runners read from any line (`::error::`, `##[group]`). All of these are
 * made visible as escapes; everything a person would type stays as it is.
 */

/**
 * Controls, format characters, separators of lines and paragraphs, lone surrogates, and whatever renders as nothing.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Emoji are put together with joiners and variation selectors, which are harmless there and nowhere else. */
const emojiGlue =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u{200D}(?=\p{Extended_Pictographic})|(?<=\p{Emoji})\u{FE0F}/gu;

const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line of harmless text. */
export function inert(text: string): string {
  const kept = new Set([...text.matchAll(emojiGlue)].map((match) => match.index));
  return defuseCommands(
    text.replace(unseen, (character, offset: number) => (kept.has(offset) ? character : escapeOf(character))),
  );
}

/** Lines of harmless text, for values where line breaks are part of the meaning. */
export function inertLines(text: string): string[] {
  return text.split(/\r\n|\n/u).map(inert);
}

/**
 * JSON is data and keeps every value; only its spelling changes. These characters can stand only inside the strings of
 * a JSON text, so escaping them there changes no value.
 */
export function inertJson(text: string): string {
  return text
    .replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, (character) => utf16Escape(character))
    .replaceAll("##[", String.raw`#\u0023[`)
    .replaceAll(/"::(?![0-9a-f]+(?::[0-9a-f]+)*[/%"])/giu, String.raw`"\u003a:`);
}

function escapeOf(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code <= 0xff ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
}

function utf16Escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}

/**
 * The runner trims a line before it looks for `::`, and finds `##[` anywhere in it. `::1` and other addresses stay as
 * they are: a command has a name of letters, and none of those names is made of hexadecimal digits alone
 * (actions/runner ActionCommand.cs).
 */
function defuseCommands(text: string): string {
  return text
    .replace(/^(\s*):(?=:)(?!:[0-9a-f]+(?::[0-9a-f]+)*(?:$|[\s/\]%"',;)]))/iu, String.raw`$1\x3a`)
    .replaceAll("##[", String.raw`#\x23[`);
}
