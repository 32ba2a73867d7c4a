/** A name as a key: ASCII, lower case, dashes. */

/** Letters that Unicode does not decompose into a Latin letter and a mark. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
};

const longest = 60;

/** Empty when the name has no letter or digit that a key may have. */
export function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[ßæœøđðłþ]/gu, (letter) => spelledOut[letter] ?? "")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/gu, "-");
  return plain.slice(0, longest).replaceAll(/^-+|-+$/gu, "");
}
