import type { SecretVariable } from "./secrets.ts";

/** Needs no quotes in any reader of such files: a shell, Node's `--env-file`, Docker. */
const plain = /^[\w./:@%+,=-]+$/u;

/** Lines for a shell to read; values that need it are in single quotes, as a shell reads them. */
export function envFileText(variables: readonly SecretVariable[]): string {
  const lines = variables.map(({ name, value }) => `${name}=${plain.test(value) ? value : quoted(value)}`);
  return [
    "# Secrets of an import by kuma-sync. Keep this file out of Git. To use it in a shell:",
    "#   set -a; . ./this-file; set +a",
    ...lines,
    "",
  ].join("\n");
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
