/**
 * Makes names and messages from servers and files safe to print. They could contain escape codes that rewrite the
 * terminal, line breaks that fake lines, bidirectional controls that reorder text, invisible characters, and workflow
 * commands that GitHub runners read from any line (`::error::`, `##[group]`). All of these are shown as escapes;
 * everything that people type stays.
 */

/**
 * Controls, format characters, separators of lines and paragraphs, lone surrogates, and everything that renders as
 * nothing.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Emoji contain joiners and variation selectors, which are harmless only there. */
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
 * Only changes the spelling of JSON, not its values: these characters can only appear inside strings of a JSON text,
 * where escaping keeps the value.
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
 * The runner trims a line before it looks for `::`, and finds `##[` anywhere in a line. `::1` and other addresses stay
 * unchanged: the name of a command has letters that are not hexadecimal digits (actions/runner ActionCommand.cs).
 */
function defuseCommands(text: string): string {
  return text
    .replace(/^(\s*):(?=:)(?!:[0-9a-f]+(?::[0-9a-f]+)*(?:$|[\s/\]%"',;)]))/iu, String.raw`$1\x3a`)
    .replaceAll("##[", String.raw`#\x23[`);
}
