/**
 * Schema errors in kuma-sync's words: one per place, the deepest first. For alternatives (`anyOf`), only the errors of
 * the closest branch. The check reports every branch, which for one wrong tag is five errors.
 */
import type { JsonSchema } from "../../kinds/field.ts";
import { pushTokenPattern } from "../../kinds/monitor-types/push.ts";
import type { FindingCode } from "../../model/finding-codes.ts";
import { isJsonObject, isWithin, pointerParts, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import { durationForms, durationPattern, meantDuration } from "../../model/duration.ts";
import { guessHint, sameWord } from "../../model/guess.ts";
import type { SchemaError } from "../../documents/schema-check.ts";
import type { Repair } from "../source/repair.ts";

export interface SchemaProblem {
  readonly code: FindingCode;
  /** For an unknown key, the key itself. */
  readonly pointer: JsonPointer;
  readonly isAboutKey: boolean;
  readonly message: string;
  readonly hint?: string;
  /** Only where it is certain. */
  readonly repair?: Repair;
}

export interface ProblemWords {
  /** What is validated: `an http monitor`. */
  readonly subject: string;
  readonly isHidden: (pointer: JsonPointer) => boolean;
  /** More about a key that is unknown at the top level. */
  readonly explainUnknown?: (key: string) => string | undefined;
}

export function schemaProblems(errors: readonly SchemaError[], words: ProblemWords): SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  for (const error of withoutEchoes(errors)) {
    const problem = problemOf(error, words);
    const place = `${problem.isAboutKey} ${problem.pointer} ${problem.code === "KS1203" ? problem.message : ""}`;
    // A value of the wrong type breaks other keywords too; only the type is reported.
    if (!problems.has(place) || error.keyword === "type") problems.set(place, problem);
  }
  return [...problems.values()];
}

/**
 * Replaces the errors of all branches of an `anyOf` by those of the branch that was meant, if that can be told. The check
 * reports a choice right after the errors of its branches, so these are the last that are kept when their choice comes.
 */
function withoutEchoes(errors: readonly SchemaError[]): readonly SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword === "propertyNames") continue;
    if (error.keyword !== "anyOf") {
      kept.push(error);
      continue;
    }
    const first = kept.findLastIndex((other) => !isOfChoice(other, error)) + 1;
    const meant = meantBranch(kept.splice(first), error);
    kept.push(...(meant.length === 0 ? [error] : meant));
  }
  return kept;
}

function isOfChoice(error: SchemaError, choice: SchemaError): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) && isWithin(error.pointer, [choice.pointer]);
}

/** The errors of the one branch whose type fits; none when no branch or several do. */
function meantBranch(inside: readonly SchemaError[], choice: SchemaError): readonly SchemaError[] {
  const branches = new Map<string, SchemaError[]>();
  for (const error of inside) {
    const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split("/")[0] ?? "";
    const found = branches.get(branch);
    if (found === undefined) branches.set(branch, [error]);
    else found.push(error);
  }
  const fitting = [...branches.values()].filter(
    (branch) => !branch.some(({ keyword, pointer }) => keyword === "type" && pointer === choice.pointer),
  );
  return fitting.length === 1 ? (fitting[0] ?? []) : [];
}

function problemOf(error: SchemaError, words: ProblemWords): SchemaProblem {
  const { keyword, property = "", pointer, schema } = error;
  const name = nameOf(pointer);
  const at = { pointer, isAboutKey: false };
  const isHidden = words.isHidden(pointer);
  const shown = isHidden ? kindOf(error.value) : shownValue(error.value);
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(error, words);
    case "required": {
      const owner = pointer === "" ? words.subject : `"${nameOf(pointer)}"`;
      return {
        ...at,
        code: "KS1203",
        isAboutKey: true,
        message: `${owner} needs "${property}"`,
        ...missingHint(error, property),
      };
    }
    case "type":
    case "anyOf":
      // The right type, but no alternative takes it.
      if (keyword === "anyOf" && wantedBy(schema).includes(kindOf(error.value)))
        return malformed(at, name, error, isHidden);
      return {
        ...at,
        code: "KS1202",
        message: `"${name}" must be ${wantedBy(schema)}, not ${shown}`,
        ...exampleHint(schema),
      };
    case "enum":
    case "const":
      return { ...at, code: "KS1204", ...notAllowed(error, name, isHidden) };
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return {
        ...at,
        code: "KS1205",
        message: `"${name}" must be ${limitWords(keyword, schema[keyword])}${isHidden ? "" : `, not ${shown}`}`,
      };
    case "minLength":
    case "minItems":
    case "minProperties":
      return {
        ...at,
        code: "KS1205",
        message: `"${name}" ${isEmpty(error.value) ? "must not be empty" : "is too short"}`,
      };
    case "maxLength":
    case "maxItems":
    case "maxProperties":
      return {
        ...at,
        code: "KS1205",
        message: `"${name}" must not have more than ${mostWords(keyword, schema[keyword])}`,
      };
    default:
      return malformed(at, name, error, isHidden);
  }
}

function malformed(
  at: Pick<SchemaProblem, "pointer" | "isAboutKey">,
  name: string,
  { schema, value }: SchemaError,
  isHidden: boolean,
): SchemaProblem {
  return {
    ...at,
    code: "KS1207",
    message: `"${name}" is malformed${isHidden ? "" : `: ${shownValue(value)}`}`,
    ...patternHint(schema, value, isHidden),
  };
}

function patternHint(schema: JsonSchema, value: Json, isHidden: boolean): Pick<SchemaProblem, "hint" | "repair"> {
  if (schema["pattern"] === durationPattern) return durationHint(value, isHidden);
  if (schema["pattern"] === pushTokenPattern) return { hint: "1 to 32 letters, digits, _ and -" };
  return schemeHint(schema, isHidden ? null : value) ?? exampleHint(schema);
}

function durationHint(value: Json, isHidden: boolean): Pick<SchemaProblem, "hint" | "repair"> {
  if (isHidden || typeof value !== "string") return { hint: durationForms };
  if (/^[0.]+[a-z]*$/u.test(value)) return { hint: "it must be more than 0" };
  const meant = meantDuration(value);
  if (meant === undefined) return { hint: durationForms };
  return { hint: `write ${meant}; ${durationForms}`, repair: { type: "replace", value: meant } };
}

/** For an address that lacks only its scheme, such as `x.example/health` or `localhost:8080`. */
function schemeHint(schema: JsonSchema, value: Json | undefined): { readonly hint: string } | undefined {
  const { pattern } = schema;
  if (typeof value !== "string" || typeof pattern !== "string") return undefined;
  if (!/^(?:[\w-]+\.[\w.-]+|localhost|[\w-]+(?=:\d))(?::\d+)?(?:[/?#]\S*)?$/u.test(value)) return undefined;
  const isLocal = /^(?:localhost|[\d.]+|[\w-]+)(?:[:/?#]|$)/u.test(value);
  const schemes = isLocal ? ["http://", "ws://"] : ["https://", "wss://"];
  const scheme = schemes.find((one) => pattern.includes("://") && new RegExp(pattern, "u").test(`${one}${value}`));
  return scheme === undefined ? undefined : { hint: `write "${scheme}${value}"` };
}

function unknownKey({ pointer, property: key = "", schema }: SchemaError, words: ProblemWords): SchemaProblem {
  const properties = schema["properties"];
  const known = isJsonObject(properties) ? Object.keys(properties) : [];
  const explained = pointer === "" ? words.explainUnknown?.(key) : undefined;
  const owner = pointer === "" ? `for ${words.subject}` : `in "${nameOf(pointer)}"`;
  const same = sameWord(key, known);
  return {
    ...(same === undefined ? {} : { repair: { type: "rename", to: same } }),
    code: "KS1201",
    pointer: pointer + pointerTo(key),
    isAboutKey: true,
    message: `unknown key "${key}" ${owner}`,
    ...(explained === undefined ? guessHint(key, known) : { hint: explained }),
  };
}

function notAllowed(
  { schema, value }: SchemaError,
  name: string,
  isSecret: boolean,
): { readonly message: string; readonly hint?: string } {
  const allowed = (Array.isArray(schema["enum"]) ? (schema["enum"] as readonly Json[]) : [schema["const"] ?? null])
    .filter((item) => item !== null)
    .map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
  if (isSecret) return { message: `"${name}" has a value that is not allowed`, hint: `one of ${allowed.join(", ")}` };
  const { hint } = typeof value === "string" ? guessHint(value, allowed) : {};
  const list = `one of ${allowed.join(", ")}`;
  return { message: `"${name}" cannot be ${shownValue(value)}`, hint: hint === undefined ? list : `${hint} (${list})` };
}

function missingHint({ schema }: SchemaError, missing: string): { readonly hint?: string } {
  const properties = schema["properties"];
  const property = isJsonObject(properties) ? properties[missing] : undefined;
  const example = isJsonObject(property) ? firstExample(property) : undefined;
  return example === undefined ? {} : { hint: `for example ${missing}: ${JSON.stringify(example)}` };
}

function exampleHint(schema: JsonSchema): { readonly hint?: string } {
  const { examples } = schema;
  if (!Array.isArray(examples) || examples.length === 0) return {};
  const [first, ...others] = (examples as readonly Json[]).slice(0, 3).map((example) => JSON.stringify(example));
  return { hint: `for example ${[first, ...others].join(" or ")}` };
}

function firstExample(schema: JsonSchema): Json | undefined {
  const examples = schema["examples"];
  return Array.isArray(examples) ? (examples as readonly Json[])[0] : undefined;
}

function nameOf(pointer: JsonPointer): string {
  const parts = pointerParts(pointer);
  const last = parts.at(-1) ?? "";
  const isIndex = /^\d+$/u.test(last);
  return isIndex ? `${parts.at(-2) ?? ""}[${last}]` : last;
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

function wantedBy(schema: JsonSchema): string {
  const branches = schema["anyOf"];
  if (Array.isArray(branches)) {
    return joined((branches as readonly JsonSchema[]).map(wantedBy));
  }
  const { type } = schema;
  const types = (Array.isArray(type) ? (type as readonly string[]) : typeof type === "string" ? [type] : []).filter(
    (item) => item !== "null",
  );
  // Text that may be written without quotes.
  if (types.includes("string") && types.includes("boolean")) return "text";
  return joined(types.map((item) => typeWords[item] ?? item));
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].join(" or ");
}

/** A value in a few words; long texts are cut. */
function shownValue(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return kindOf(value);
}

function kindOf(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeWords[typeof value] ?? "that";
}

function isEmpty(value: Json): boolean {
  if (isJsonObject(value)) return Object.keys(value).length === 0;
  return typeof value === "string" || Array.isArray(value) ? value.length === 0 : false;
}

function limitWords(keyword: string, limit: Json | undefined): string {
  const words: Readonly<Record<string, string>> = {
    minimum: "at least",
    maximum: "at most",
    exclusiveMinimum: "more than",
    exclusiveMaximum: "less than",
  };
  return `${words[keyword]} ${JSON.stringify(limit)}`;
}

function mostWords(keyword: string, limit: Json | undefined): string {
  const unit = keyword === "maxLength" ? "character" : keyword === "maxItems" ? "item" : "key";
  return limit === 1 ? `one ${unit}` : `${JSON.stringify(limit)} ${unit}s`;
}
