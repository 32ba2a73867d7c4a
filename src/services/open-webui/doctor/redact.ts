/** Words of a server or a provider made fit to be shown: short, on one line, without anything that looks like a key. */
import { clip } from "../../../model/clip.ts";

const longest = 200;
const keyLike =
  /\b(?:sk|gsk|xai|hf|pk|key)[-_][A-Za-z0-9_*.-]{6,}|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?|\b(?:Bearer|Basic)\s+\S+/giu;

/** `secrets` are the values that are known; they go first, since a part that is cut off would still be a part of one. */
export function redacted(text: string, secrets: readonly string[]): string {
  const shown = withoutSecrets(text, secrets).replaceAll(keyLike, "***").replaceAll(/\s+/gu, " ").trim();
  return clip(shown, longest);
}

/** The same value with `***` for every known secret in its texts: a server may put one anywhere, in the id of a model too. */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  return mapTexts(value, (text) => {
    let shown = text;
    for (const secret of secrets) if (secret !== "") shown = shown.replaceAll(anyCase(secret), "***");
    return shown;
  }) as Value;
}

/** Host names come back in lower case. */
function anyCase(secret: string): RegExp {
  return new RegExp(secret.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`), "giu");
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change)]));
}
