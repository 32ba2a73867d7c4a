/** A value against a schema, with findings in our words and what is left that can be relied on. */
import type { JsonSchema } from "../../kinds/field.ts";
import { fittingTexts, holdsPlaceholder } from "../values/outside/placeholder.ts";
import {
  isJsonObject,
  isWithin,
  pointerParts,
  valueAt,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import type { SchemaCheck, SchemaError } from "./schema-check.ts";
import { schemaProblems, type ProblemWords, type SchemaProblem } from "./schema-problems.ts";

export interface ShapeInput {
  readonly schema: JsonSchema;
  readonly value: JsonObject;
  /** Texts that are one expression: where the schema wants a number or a boolean they may become one. */
  readonly whole: readonly JsonPointer[];
  /** Places with a finding already. */
  readonly broken: readonly JsonPointer[];
  /** Texts that hold placeholders: any that fit the schema will do. */
  readonly withheld: readonly JsonPointer[];
}

export interface Shape {
  /** With converted texts and fitting placeholders, and without the top-level fields that are wrong. */
  readonly value: JsonObject;
  readonly problems: readonly SchemaProblem[];
  /** Places whose placeholder was chosen for the schema: another value might not fit. */
  readonly assumed: readonly JsonPointer[];
}

export function checkShape(input: ShapeInput, check: SchemaCheck, words: ProblemWords): Shape {
  const first = check(input.schema, input.value);
  if (first.length === 0 && input.broken.length === 0) return { value: input.value, problems: [], assumed: [] };
  const fitted = withFittingPlaceholders({ ...input, value: converted(input, first) }, check);
  const { value, assumed } = fitted;
  const errors = value === input.value ? first : check(input.schema, value);
  const problems = schemaProblems(errors, words).filter(({ pointer, isAboutKey }) => {
    // A missing key is about the whole, which is not broken by one broken field.
    return isAboutKey || !(isWithin(pointer, input.broken) || input.broken.some((at) => isWithin(at, [pointer])));
  });
  const bad = new Set(
    [...problems.map(({ pointer }) => pointer), ...input.broken].map((at) => pointerParts(at)[0] ?? ""),
  );
  const good = Object.entries(value).filter(([name]) => !bad.has(name));
  return { value: Object.fromEntries(good), problems, assumed };
}

function withFittingPlaceholders(input: ShapeInput, check: SchemaCheck): Pick<Shape, "value" | "assumed"> {
  const { schema, withheld, whole } = input;
  const assumed: JsonPointer[] = [];
  let { value } = input;
  if (withheld.length === 0) return { value, assumed };
  const errors = check(schema, value);
  for (const pointer of new Set(errors.map((error) => error.pointer))) {
    const text = valueAt(value, pointer);
    if (!withheld.includes(pointer) || typeof text !== "string" || !holdsPlaceholder(text)) continue;
    const wanted = errors.filter((error) => error.pointer === pointer).map((error) => error.schema);
    const candidates = fittingTexts(text, wanted, whole.includes(pointer));
    const fitting = candidates
      .map((candidate) => replaceAt(value, pointerParts(pointer), () => candidate) as JsonObject)
      .find((next) => !check(schema, next).some((error) => error.pointer === pointer));
    if (fitting === undefined) continue;
    value = fitting;
    assumed.push(pointer);
  }
  return { value, assumed };
}

/** An interpolated value is always text, but `port: ${env:PORT}` must be possible. */
function converted(input: ShapeInput, errors: readonly SchemaError[]): JsonObject {
  const wrong = new Set(errors.map(({ pointer }) => pointer));
  let { value } = input;
  for (const pointer of input.whole.filter((at) => wrong.has(at))) {
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
