/** The names of what is passed to sensitive fields: columns of loops, variables and anchors. */

/** In the texts behind sensitive keys: `token` for `${each:site.token}`, `${var:token}`; `*name` for an alias. */
export function passedNames(values: readonly string[]): ReadonlySet<string> {
  const names = values.flatMap((value) => {
    const expressions = [...value.matchAll(/\$\{(?<from>each|var):(?<path>[\w.-]+)/gu)];
    const aliases = [...value.matchAll(/(?<=^|[\s,[{:])\*(?<name>[\w-]+)/gu)];
    return [
      ...expressions.flatMap(({ groups }) => namesOfPath(groups?.["from"] ?? "", groups?.["path"] ?? "")),
      ...aliases.map(({ groups }) => `*${groups?.["name"] ?? ""}`),
    ];
  });
  return new Set(names);
}

/** A row that is one value, or a list of them, is all that stands under `each`. */
function namesOfPath(from: string, path: string): readonly string[] {
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (from === "var") return [path];
  return last === "value" || last === "key" ? ["each"] : [path, last];
}
