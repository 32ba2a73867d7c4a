/**
 * What the allow-list must hold for the monitors and the doctor. An entry also allows the paths below it; paths under
 * `/api/v1/` need entries of their own, and an entry with a trailing slash allows nothing
 * (docs/upstream/open-webui.md#allow-list).
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

/** The comma-separated list of the settings. */
export function parseAllowList(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
