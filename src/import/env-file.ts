import type { SecretVariable } from "./secrets.ts";

/** A value that needs no quotes in a shell, for `--env-file` of Node, or in Docker. */
const plain = /^[\w./:@%+,=-]+$/u;

/** Lines that both `--env-file` and a shell read: quoted if necessary, with the escapes that both know. */
export function envFileText(variables: readonly SecretVariable[]): string {
  const lines = variables.map(({ name, value }) => `${name}=${plain.test(value) ? value : quoted(value)}`);
  return [
    "# Secrets of an import by kuma-sync. Keep this file out of Git. To use it:",
    "#   kuma-sync plan --env-file this-file",
    ...lines,
    "",
  ].join("\n");
}

function quoted(value: string): string {
  // Within single quotes, `--env-file` takes `\'` for an escaped quote, and a shell does not.
  const isVerbatim = !value.includes("'") && !value.endsWith("\\");
  return isVerbatim ? `'${value}'` : `"${value.replaceAll(/[\\"$`]/gu, String.raw`\$&`)}"`;
}
