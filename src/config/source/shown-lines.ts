/**
 * The lines of a configuration as a diff may show them. Passwords that are written out in a file are known by the names of
 * their keys, line by line and without a parser: what is being repaired often does not parse.
 */
import type { KindRegistry } from "../../kinds/kind.ts";
import { isTellingName, withoutApparentSecrets } from "../../secrets/apparent-secrets.ts";
import { shownForSecret } from "../../secrets/secret.ts";

/** By section, the fields whose values are never shown, of any type; under `""` those of all sections. */
type SensitiveNames = ReadonlyMap<string, ReadonlySet<string>>;

export function sensitiveNames(registry: KindRegistry): SensitiveNames {
  const bySection = [...registry.values()].map(({ section, variants }): [string, ReadonlySet<string>] => {
    const fields = variants.flatMap((variant) => Object.entries(variant.fields));
    const names = fields.filter(([, { isSensitive }]) => isSensitive === true).map(([name]) => plain(name));
    return [plain(section), new Set(names)];
  });
  return new Map([...bySection, ["", new Set(bySection.flatMap(([, names]) => [...names]))]]);
}

/** `basic_auth_pass` is the same name as `basicAuthPass`: a key in another spelling is one of the things that are repaired. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/gu, "");
}

/** Of other tools, in whose files a key is one of the things that are repaired. */
const otherNames = /pass$|pwd$|webhook|auth$/iu;

/** As many as there are lines. */
export function shownLines(lines: readonly string[], bySection: SensitiveNames): readonly string[] {
  const topIndent = lines.find((line) => keyAt.test(line))?.search(/\S/u) ?? 0;
  let names = bySection.get("");
  const isSensitive = (name: string): boolean =>
    names?.has(plain(name)) === true || isTellingName(name) || otherNames.test(name);
  /** The indentation of the sensitive key that the lines are below. */
  let hidden: number | undefined;
  return lines.map((line) => {
    const indent = line.search(/\S/u);
    if (indent === -1) return line;
    if (hidden !== undefined && indent > hidden) return withoutValue(line, indent);
    hidden = undefined;
    const key = keyAt.exec(line)?.groups?.["name"];
    if (indent <= topIndent && key !== undefined) names = bySection.get(plain(key)) ?? bySection.get("");
    const shown = withoutValues(line, isSensitive);
    const opened = /^[\s-]*(["']?)(?<name>[\w.-]+)\1\s*:\s*(?:[|>][\d+-]*|[&!]\S+|["'{[].*)?\s*(?:#.*)?$/u.exec(line)
      ?.groups?.["name"];
    if (opened !== undefined && isSensitive(opened)) hidden = indent;
    return withoutApparentSecrets(shown);
  });
}

const keyAt = /^[^\S\uFEFF]*\uFEFF?(?<quote>["']?)(?<name>[A-Za-z][\w.-]*)\k<quote>\s*:/u;

const keys = /(?<=^|[\s{[,])(?<quote>["']?)(?<name>[A-Za-z][\w.-]*)\k<quote>\s*:\s+(?=\S)/gu;
const quoted = /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/uy;
const inFlow = /(?:\$\{[^}]*\}|[^,{}[\]\s]|\s+(?=[^\s#,}\]]))+/uy;
const toTheEnd = /(?:\S|\s+(?=[^\s#]))+/uy;

/** In place of the value behind each sensitive key: what stands in quotes, a part of a flow, or the rest of the line. */
function withoutValues(line: string, isSensitive: (name: string) => boolean): string {
  let shown = "";
  let rest = 0;
  for (const { index, 0: key, groups } of line.matchAll(keys)) {
    const start = index + key.length;
    if (index < rest || !isSensitive(groups?.["name"] ?? "")) continue;
    const isInFlow = /[{[]/u.test(line.slice(0, index));
    const value =
      matchAt(quoted, line, start) || collectionAt(line, start) || matchAt(isInFlow ? inFlow : toTheEnd, line, start);
    if (isExpression(value)) continue;
    shown += line.slice(rest, start) + shownForSecret;
    rest = start + value.length;
  }
  return shown + line.slice(rest);
}

/** Up to the bracket that closes it, or to the end of the line; empty if no collection begins there. */
function collectionAt(line: string, start: number): string {
  let depth = 0;
  let at = start;
  while (at < line.length) {
    if (depth > 0) at += matchAt(quoted, line, at).length;
    const character = line.charAt(at);
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    if (depth === 0) break;
    at += 1;
  }
  return at === start ? "" : line.slice(start, at + 1);
}

function matchAt(form: RegExp, line: string, start: number): string {
  form.lastIndex = start;
  return form.exec(line)?.[0] ?? "";
}

function isExpression(value: string): boolean {
  return /^(["']?)(?:[\w ]*\$\{(?:env|file|var):[^}]*\})+\1$/u.test(value);
}

/** What stands below a sensitive key: names of members stay. */
function withoutValue(line: string, indent: number): string {
  const name = /^\s*(?:- )?(["']?)[\w.-]+\1\s*:(?=\s)/u.exec(line)?.[0];
  if (line.trimStart().startsWith("#")) return line;
  return name === undefined ? `${line.slice(0, indent)}${shownForSecret}` : `${name} ${shownForSecret}`;
}
