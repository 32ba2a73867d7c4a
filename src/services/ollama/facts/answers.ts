/** What Ollama answers (docs/upstream/services.md#ollama). */
import { isJsonObject, type Json } from "../../../model/json.ts";

/** To `GET /`, as text. */
export const aliveText = "Ollama is running";

/** The names in the answer to `/api/tags`; undefined if it is no such answer. */
export function listedNames(json: Json): readonly string[] | undefined {
  const models: Json | undefined = isJsonObject(json) ? json["models"] : undefined;
  if (!Array.isArray(models)) return undefined;
  return (models as readonly Json[]).flatMap((model) => {
    const name = isJsonObject(model) ? model["name"] : undefined;
    return typeof name === "string" ? [name] : [];
  });
}

/** Ollama takes a name without a tag for `:latest`, but lists it with its tag. */
export function withTag(name: string): string {
  return /:[^/:]+$/u.test(name) ? name : `${name}:latest`;
}
