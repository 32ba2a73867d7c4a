/** Checks a value against a schema. Returns findings in kuma-sync's words, and the fields that are valid. */
import type { JsonSchema } from "../../kinds/field.ts";
import { concerns, placesWith, withFacts, type KnownValue, type Provenance } from "../values/provenance.ts";
import { holdsPlaceholder } from "../../secrets/placeholder.ts";
import { fittingTexts } from "../values/fitting-values.ts";
import {
  isJsonObject,
  pointerParts,
  pointerTo,
  valueAt,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import { checkSchema, type SchemaError } from "../../documents/schema-check.ts";
import { schemaProblems, type ProblemWords, type SchemaProblem } from "./schema-problems.ts";

export interface ShapeInput {
  readonly schema: JsonSchema;
  readonly value: JsonObject;
  /**
   * Texts that are a single expression become numbers or booleans if the schema requires them. A placeholder may become
   * any value that fits the schema.
   */
  readonly provenance: Provenance;
}

export interface CheckedShape {
  /** With converted texts and fitting placeholders, without top-level fields that are wrong. */
  readonly value: JsonObject;
  /** With `fitted` for placeholders that were chosen for the schema, and `isBroken` for values with a problem. */
  readonly provenance: Provenance;
  readonly problems: readonly SchemaProblem[];
}

export function checkShape(input: ShapeInput, words: ProblemWords): CheckedShape {
  const first = checkSchema(input.schema, input.value);
  const broken = placesWith(input.provenance, "isBroken");
  if (first.length === 0 && broken.length === 0)
    return { value: input.value, provenance: input.provenance, problems: [] };
  const fitted = withFittingPlaceholders({ ...input, value: converted(input, first) });
  const { value } = fitted;
  const errors = value === input.value ? first : checkSchema(input.schema, value);
  const problems = schemaProblems(errors, words).filter(({ pointer, isAboutKey }) => {
    // A missing key concerns the whole mapping, even if one of its fields is broken.
    return isAboutKey || !concerns(input.provenance, "isBroken", pointer);
  });
  const bad = new Set([...problems.map(({ pointer }) => pointer), ...broken].map((at) => pointerParts(at)[0] ?? ""));
  const [wrong, good] = [
    Object.keys(value).filter((name) => bad.has(name)),
    Object.keys(value).filter((name) => !bad.has(name)),
  ];
  return {
    value: Object.fromEntries(good.map((name) => [name, value[name] ?? null])),
    provenance: withFacts(fitted.provenance, new Map(wrong.map((name) => [pointerTo(name), { isBroken: true }]))),
    problems,
  };
}

function withFittingPlaceholders(input: ShapeInput): Pick<CheckedShape, "value" | "provenance"> {
  const { schema, provenance } = input;
  const fitted = new Map<JsonPointer, KnownValue>();
  let { value } = input;
  if (placesWith(provenance, "placeholder").length === 0) return input;
  const errors = checkSchema(schema, value);
  for (const pointer of new Set(errors.map((error) => error.pointer))) {
    const text = valueAt(value, pointer);
    const known = provenance.get(pointer);
    if (known?.placeholder === undefined || typeof text !== "string" || !holdsPlaceholder(text)) continue;
    const wanted = errors.filter((error) => error.pointer === pointer).map((error) => error.schema);
    const candidates = fittingTexts(text, wanted, known.isWhole === true);
    const fitting = candidates
      .map((candidate) => replaceAt(value, pointerParts(pointer), () => candidate) as JsonObject)
      .find((next) => !checkSchema(schema, next).some((error) => error.pointer === pointer));
    if (fitting === undefined) continue;
    value = fitting;
    fitted.set(pointer, { placeholder: "fitted" });
  }
  return { value, provenance: withFacts(provenance, fitted) };
}

/** An interpolated value is always text, but `port: ${env:PORT}` must work. */
function converted(input: ShapeInput, errors: readonly SchemaError[]): JsonObject {
  const wrong = new Set(errors.map(({ pointer }) => pointer));
  let { value } = input;
  for (const pointer of placesWith(input.provenance, "isWhole").filter((at) => wrong.has(at))) {
    value = replaceAt(value, pointerParts(pointer), fromText) as JsonObject;
  }
  return value;
}

function fromText(text: Json): Json {
  if (text === "true" || text === "false") return text === "true";
  return typeof text === "string" && /^-?(0|[1-9]\d*)(\.\d+)?$/u.test(text) ? Number(text) : text;
}

function replaceAt(value: Json, parts: readonly string[], replace: (found: Json) => Json): Json {
  const [part, ...below] = parts;
  if (part === undefined) return replace(value);
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => (String(index) === part ? replaceAt(item, below, replace) : item));
  }
  if (!isJsonObject(value)) return value;
  return { ...value, [part]: replaceAt(value[part] ?? null, below, replace) };
}
