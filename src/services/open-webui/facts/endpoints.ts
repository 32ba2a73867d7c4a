/**
 * What the allow-list has to hold for the monitors and the doctor. An entry opens what lies below it too; `/api/v1/…`
 * are entries of their own, and one with a slash at the end opens nothing (docs/upstream/open-webui.md#allow-list).
 */
export const neededEndpoints = [
  "/api/models",
  "/api/chat/completions",
  "/openai/models",
  "/ollama/api/tags",
  "/ollama/api/version",
] as const;

export function isAllowed(path: string, entries: readonly string[]): boolean {
  return entries.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

/** The comma-separated list as it is kept in the settings. */
export function parseAllowList(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
