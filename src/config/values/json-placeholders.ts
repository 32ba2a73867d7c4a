/** Finds placeholders for fields whose text the server reads as JSON. */
import { pointerTo, type JsonObject } from "../../model/json.ts";
import { jsonProblem } from "../source/json-problem.ts";
import { withFacts, type Provenance } from "./provenance.ts";
import { holdsPlaceholder } from "../../secrets/placeholder.ts";
import { fittingQueries } from "./fitting-values.ts";

const jsonFields = ["body", "headers"] as const;

/**
 * Replaces placeholders if a text then is JSON, because the real values may do so, too: `{ "size": ${env:SIZE} }` needs a
 * number. The new ones have the same length, so that other mistakes keep their places.
 */
export function withJsonPlaceholders(
  value: JsonObject,
  provenance: Provenance,
): { readonly value: JsonObject; readonly provenance: Provenance } {
  if (provenance.size === 0) return { value, provenance };
  const fitting = jsonFields.flatMap((name): readonly (readonly [string, string])[] => {
    const text = value[name];
    if (
      typeof text !== "string" ||
      provenance.get(pointerTo(name))?.placeholder === undefined ||
      !holdsPlaceholder(text)
    )
      return [];
    if (jsonProblem(text) === undefined) return [];
    const tried = [text, ...fittingQueries(text)].map((candidate) => ({
      candidate,
      end: jsonProblem(candidate)?.start ?? (fits(name, candidate) ? Infinity : 0),
    }));
    // If no text is JSON, the one that parses furthest shows the mistake.
    const furthest = Math.max(...tried.map(({ end }) => end));
    const found = tried.find(({ end }) => end === furthest)?.candidate ?? text;
    return found === text ? [] : [[name, found]];
  });
  const fitted = new Map(fitting.map(([name]) => [pointerTo(name), { placeholder: "fitted" }] as const));
  return { value: { ...value, ...Object.fromEntries(fitting) }, provenance: withFacts(provenance, fitted) };
}

/** Headers must be an object; the server does not send a body that is falsy in JavaScript. */
function fits(name: (typeof jsonFields)[number], text: string): boolean {
  const parsed: unknown = JSON.parse(text);
  return name === "headers" ? typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) : Boolean(parsed);
}
