/** Placeholders in fields whose text the server reads as JSON. */
import { pointerTo, type JsonObject, type JsonPointer } from "../model/json.ts";
import { jsonProblem } from "./json-problem.ts";
import { fittingTexts, holdsPlaceholder } from "./outside/placeholder.ts";

const jsonFields = ["body", "headers"] as const;

/**
 * With other placeholders where that makes JSON of a text, as the values may: `{ "size": ${env:SIZE} }` needs a number. A
 * text that is wrong whatever stands there is left alone.
 */
export function withJsonPlaceholders(
  value: JsonObject,
  withheld: readonly JsonPointer[],
): { readonly value: JsonObject; readonly assumed: readonly JsonPointer[] } {
  const fitting = jsonFields.flatMap((name): readonly (readonly [string, string])[] => {
    const text = value[name];
    if (typeof text !== "string" || !withheld.includes(pointerTo(name)) || !holdsPlaceholder(text)) return [];
    if (jsonProblem(text) === undefined) return [];
    const isJson = (candidate: string): boolean => jsonProblem(candidate) === undefined && fits(name, candidate);
    const texts = fittingTexts(text, [], false).filter((candidate) => typeof candidate === "string");
    const found = texts.find(isJson);
    return found === undefined ? [] : [[name, found]];
  });
  return {
    value: { ...value, ...Object.fromEntries(fitting) },
    assumed: fitting.map(([name]) => pointerTo(name)),
  };
}

/** Headers are an object; a body that is empty to JavaScript is not sent. */
function fits(name: (typeof jsonFields)[number], text: string): boolean {
  const parsed: unknown = JSON.parse(text);
  return name === "headers" ? typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) : Boolean(parsed);
}
