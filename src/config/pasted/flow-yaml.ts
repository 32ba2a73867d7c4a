/** Writes values on one line of YAML, for hints that can be copied. */
import { stringify } from "yaml";
import { isJsonObject, type Json } from "../../model/json.ts";

/** Such as `{ team: core }`, `[discord]` or `"yes"`; texts have quotes if YAML needs them. */
export function flowYaml(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => flowYaml(item)).join(", ")}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${scalar(key)}: ${flowYaml(item)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return scalar(value);
}

function scalar(value: Json): string {
  const text = stringify(value, { lineWidth: 0 }).trimEnd();
  // Within brackets, a comma or a brace would end the text.
  return typeof value === "string" && text === value && /[,[\]{}]/u.test(text) ? JSON.stringify(value) : text;
}
