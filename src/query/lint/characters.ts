/** Invisible characters and look-alikes, which silently become part of a field name. */
import { inQuery, type LintContext, type LintFinding } from "./lint-context.ts";

interface Suspect {
  readonly pattern: RegExp;
  readonly name: string;
  readonly hint: string;
  /** What was meant, one character or two for each of the pattern; absent for a full-width one, which has an ASCII twin. */
  readonly meant?: string | Readonly<Record<string, string>>;
}

const suspects: readonly Suspect[] = [
  { pattern: /[\u201C\u201D\u201E\u201F\u00AB\u00BB]/u, name: "typographic double quote", hint: 'write "', meant: '"' },
  { pattern: /[\u2018\u2019\u201A\u201B\u00B4]/u, name: "typographic single quote", hint: "write '", meant: "'" },
  { pattern: /[\u2010-\u2015\u2212]/u, name: "typographic dash", hint: "write -", meant: "-" },
  {
    pattern: /[\u2260\u2264\u2265]/u,
    name: "typographic comparison",
    hint: "write !=, <= or >=",
    meant: { "\u2260": "!=", "\u2264": "<=", "\u2265": ">=" },
  },
  {
    pattern: /[\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/u,
    name: "special blank",
    hint: "write an ordinary blank",
    meant: " ",
  },
  {
    pattern: /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u,
    name: "invisible character",
    hint: "delete it",
    meant: "",
  },
  {
    pattern: /[\uFF08\uFF09\uFF0C\uFF0E\uFF1A\uFF1B\uFF1D\uFF3B\uFF3D]/u,
    name: "full-width character",
    hint: "write the ASCII one",
  },
];

export function findSuspectCharacters({ text, tokens }: LintContext): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  for (const token of tokens) {
    // Inside quotes they may be intended.
    if (token.kind !== "name" && token.kind !== "variable" && token.kind !== "operator") continue;
    for (let at = token.start; at < token.end; at++) {
      const suspect = suspects.find(({ pattern }) => pattern.test(text.charAt(at)));
      if (suspect === undefined) continue;
      const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
      findings.push(
        inQuery(
          "odd-character",
          "error",
          { start: at, end: at + 1 },
          {
            message: `${suspect.name} U+${code} in the query`,
            hint: suspect.hint,
            ...replacementOf(text.charAt(at), suspect),
            why: "JSONata takes it as a letter of a field name, and there is no such field",
          },
        ),
      );
    }
  }
  return findings;
}

/** Full-width characters follow ASCII at a fixed distance. */
function replacementOf(character: string, { meant }: Suspect): { readonly replacement: string } {
  if (typeof meant === "string") return { replacement: meant };
  return { replacement: meant?.[character] ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0) };
}
