import type { SecretVariable } from "./secrets.ts";

/** Needs no quotes in any reader of such files: a shell, `--env-file`, Docker. */
const plain = /^[\w./:@%+,=-]+$/u;

/** Lines for `--env-file` and for a shell: in quotes where a value needs them, with the escapes that both know. */
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
  // In single quotes a backslash before a quote escapes it for `--env-file`, and not for a shell.
  const isVerbatim = !value.includes("'") && !value.endsWith("\\");
  return isVerbatim ? `'${value}'` : `"${value.replaceAll(/[\\"$`]/gu, String.raw`\$&`)}"`;
}
