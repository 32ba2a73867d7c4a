/** Describes schema errors in kuma-sync's words: one for each place, the deepest first. */
import type { JsonSchema } from "../../kinds/field.ts";
import { pushTokenPattern } from "../../kinds/monitor-types/push.ts";
import type { FindingCode } from "../../model/finding-codes.ts";
import { isJsonObject, pointerParts, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import { durationForms, durationPattern, meantDuration } from "../../model/duration.ts";
import { guessHint } from "../../model/guess.ts";
import type { SchemaError } from "../../documents/schema-check.ts";
import type { Repair } from "../source/repair.ts";
import type { MeantKey } from "../pasted/meant-key.ts";
import { meantNestedKey } from "../pasted/nested-key.ts";
import { meantValue } from "../pasted/meant-value.ts";
import { otherWord } from "../pasted/other-words.ts";
import { flowYaml } from "../pasted/flow-yaml.ts";
import { withoutEchoes } from "./closest-choice.ts";
import { isEmpty, sortOf, limitWords, mostWords, shownValue, wantedBy } from "./value-words.ts";

export interface SchemaProblem {
  readonly code: FindingCode;
  /** For an unknown key, the pointer to the key. */
  readonly pointer: JsonPointer;
  readonly isAboutKey: boolean;
  readonly message: string;
  readonly hint?: string;
  /** Only if the repair is certain. */
  readonly repair?: Repair;
}

export interface ProblemWords {
  /** Names what is validated: `an http monitor`. */
  readonly subject: string;
  readonly isHidden: (pointer: JsonPointer) => boolean;
  /** Explains an unknown key at the top level of the value; `value` is undefined if it must not be shown. */
  readonly explainUnknown?:
    | ((entry: { readonly name: string; readonly value: Json | undefined }) => MeantKey | undefined)
    | undefined;
}

export function schemaProblems(errors: readonly SchemaError[], words: ProblemWords): SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  const kept = withoutEchoes(errors);
  const unknown = new Map(kept.filter(isUnknownKey).map((error) => [error, explained(error, words)]));
  const renamed = new Set([...unknown].flatMap(([{ pointer }, meant]) => pointer + pointerTo(meant?.field ?? "")));
  for (const error of kept) {
    // The field exists under a wrong name.
    if (error.keyword === "required" && renamed.has(error.pointer + pointerTo(error.property ?? ""))) continue;
    const problem = isUnknownKey(error) ? unknownKey(error, words, unknown.get(error)) : problemOf(error, words);
    const place = `${problem.isAboutKey} ${problem.pointer} ${problem.code === "KS1203" ? problem.message : ""}`;
    // A value of the wrong type violates other keywords too; only the type is reported.
    if (!problems.has(place) || error.keyword === "type") problems.set(place, problem);
  }
  return [...problems.values()];
}

function problemOf(error: SchemaError, words: ProblemWords): SchemaProblem {
  const { keyword, property = "", pointer, schema } = error;
  const name = nameOf(pointer);
  const at = { pointer, isAboutKey: false };
  const isHidden = words.isHidden(pointer);
  const shown = isHidden ? sortOf(error.value) : shownValue(error.value);
  switch (keyword) {
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
      // The type is right, but no alternative accepts the value.
      if (keyword === "anyOf" && wantedBy(schema).includes(sortOf(error.value)))
        return malformed(at, name, error, isHidden);
      return {
        ...at,
        code: "KS1202",
        message: `"${name}" must be ${wantedBy(schema)}, not ${shown}`,
        ...(isHidden ? exampleHint(schema) : meantHint(schema, error.value)),
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
  return shellHint(isHidden ? null : value) ?? schemeHint(schema, isHidden ? null : value) ?? exampleHint(schema);
}

function durationHint(value: Json, isHidden: boolean): Pick<SchemaProblem, "hint" | "repair"> {
  if (isHidden || typeof value !== "string") return { hint: durationForms };
  if (/^[0.]+[a-z]*$/u.test(value)) return { hint: "it must be more than 0" };
  const meant = meantDuration(value);
  if (meant === undefined) return { hint: durationForms };
  return { hint: `write ${meant}; ${durationForms}`, repair: { type: "replace", value: meant } };
}

/** `$URL`, `%URL%`: a variable as a shell writes it. */
function shellHint(value: Json): { readonly hint: string } | undefined {
  const found = typeof value === "string" ? /^\$([A-Z_]\w*)|^%(\w+)%/iu.exec(value) : null;
  return found === null ? undefined : { hint: `write \${env:${found[1] ?? found[2] ?? ""}}` };
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

function isUnknownKey({ keyword }: SchemaError): boolean {
  return keyword === "additionalProperties";
}

function explained(error: SchemaError, words: ProblemWords): MeantKey | undefined {
  const { pointer, property: name = "", value, schema } = error;
  if (pointer !== "" || words.explainUnknown === undefined) return meantNestedKey(name, keysOf(schema));
  if (!isJsonObject(value)) return undefined;
  return words.explainUnknown({ name, value: words.isHidden(pointerTo(name)) ? undefined : value[name] });
}

function unknownKey(
  { pointer, property: key = "", schema }: SchemaError,
  words: ProblemWords,
  meant: MeantKey | undefined,
): SchemaProblem {
  const owner = pointer === "" ? `for ${words.subject}` : `in "${nameOf(pointer)}"`;
  return {
    code: "KS1201",
    pointer: pointer + pointerTo(key),
    isAboutKey: true,
    message: `unknown key "${key}" ${owner}`,
    ...(meant === undefined ? guessHint(key, keysOf(schema)) : { hint: meant.hint }),
    ...(meant?.repair === undefined ? {} : { repair: meant.repair }),
  };
}

function keysOf({ properties }: JsonSchema): readonly string[] {
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function meantHint(schema: JsonSchema, value: Json): Pick<SchemaProblem, "hint" | "repair"> {
  const meant = meantValue(schema, value);
  return meant === undefined
    ? exampleHint(schema)
    : { hint: `write ${flowYaml(meant)}`, repair: { type: "replace", value: meant } };
}

function notAllowed(
  { schema, value }: SchemaError,
  name: string,
  isSecret: boolean,
): Pick<SchemaProblem, "message" | "hint" | "repair"> {
  const allowed = (Array.isArray(schema["enum"]) ? (schema["enum"] as readonly Json[]) : [schema["const"] ?? null])
    .filter((item) => item !== null)
    .map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
  if (isSecret) return { message: `"${name}" has a value that is not allowed`, hint: `one of ${allowed.join(", ")}` };
  const { hint } = typeof value === "string" ? guessHint(value, allowed) : {};
  const list = `one of ${allowed.join(", ")}`;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  const other = Object.hasOwn(severityWords, word) ? severityWords[word] : word;
  const told = typeof value === "string" ? otherWord(name, value) : undefined;
  const same = told?.meant ?? allowed.find((item) => item.toLowerCase() === (allowed.includes("note") ? other : word));
  return {
    message: `"${name}" cannot be ${shownValue(value)}${told === undefined ? "" : `: ${told.otherwise}`}`,
    hint:
      same !== undefined && (other !== word || told !== undefined)
        ? `write ${same} (${list})`
        : hint === undefined
          ? list
          : `${hint} (${list})`,
    ...(same === undefined || isBoolean(same) ? {} : { repair: { type: "replace", value: same } as const }),
  };
}

/** Other words for the severities of `policy.findings`; outputs print `info` for a note. */
const severityWords: Readonly<Record<string, string>> = {
  info: "note",
  notice: "note",
  warn: "warning",
  err: "error",
  ignore: "off",
  none: "off",
  disabled: "off",
};

/** As a text it would be a value of another type. */
function isBoolean(item: string): boolean {
  return item === "true" || item === "false" || item === "null";
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
