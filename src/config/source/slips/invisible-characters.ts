import { mostSlips, type Slip, type SyntaxSlip } from "./slip.ts";

/** Blanks that YAML does not accept, and characters without width. A byte order mark at the start is not a slip. */
const invisible = String.raw`\u00A0\u00AD\u1680\u2000-\u200D\u202F\u205F\u2060\u3000\uFEFF`;
/** The places of blanks: at the start of a line, after a key and its colon, after a dash. */
const structural = new RegExp(
  String.raw`(?=[${invisible}])(?<=^[ \t]*(?:- +)*(?:[\w.-]+ *:|-)? *)[${invisible}]+`,
  "gmu",
);
const names: Readonly<Record<string, string>> = {
  "\u00A0": "non-breaking space",
  "\u00AD": "soft hyphen",
  "\u200B": "zero width space",
  "\u200C": "zero width non-joiner",
  "\u200D": "zero width joiner",
  "\u3000": "ideographic space",
  "\uFEFF": "byte order mark",
};

export const invisibleCharacters: SyntaxSlip = ({ text, errors }) => {
  const last = errors.at(-1)?.pos[1] ?? 0;
  return invisibleIn(text).filter(({ start }) => start <= last);
};

/** All such characters in places of blanks. */
export function invisibleIn(text: string): readonly Slip[] {
  if (!new RegExp(`[${invisible}]`, "u").test(text)) return [];
  return [...text.matchAll(structural)].slice(0, mostSlips).flatMap(({ index: start, 0: found }): Slip[] => {
    if (start === 0 && found === "\uFEFF") return [];
    const [character = ""] = found;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const what = Object.hasOwn(names, character) ? `a ${names[character]}` : "an invisible character";
    const isBlank = /\s/u.test(character) && character !== "\uFEFF";
    const edits = [{ start, end: start + found.length, text: isBlank ? " ".repeat(found.length) : "" }];
    return [
      {
        code: "KS1012",
        message: `${what} (U+${code}) that YAML reads as a part of the text`,
        start,
        end: start + found.length,
        hint: isBlank ? "write an ordinary space" : "remove it",
        fix: { title: isBlank ? "write an ordinary space" : "remove it", edits },
      },
    ];
  });
}
