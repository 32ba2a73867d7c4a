/** A mapping that is no entity, checked against one schema: `defaults.monitor`, `policy`, an item of `moved`. */
import type { Fields, JsonSchema } from "../../kinds/field.ts";
import { isWithin, pointerParts, pointerTo, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import { checkShape } from "./check-shape.ts";
import { placeBelow, spanOf, type Place } from "../source/positions.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";
import type { SchemaCheck } from "./schema-check.ts";
import { withTextFields } from "../values/text-fields.ts";

export interface FieldsInput {
  /** By field; they may stand in several files. */
  readonly places: ReadonlyMap<string, Place>;
  /** Of the mapping, for what is missing in it. */
  readonly at?: Place;
  /** JSON pointer to the mapping in the configuration. */
  readonly pointer: JsonPointer;
  /** For findings: `the defaults of a monitor`. */
  readonly subject: string;
  readonly schema: JsonSchema;
  /** Whose texts stay as written and whose sensitive values are not shown. */
  readonly fields?: Fields;
  /** Places whose values a finding must not repeat. */
  readonly hidden?: readonly JsonPointer[];
  /** The values end up in plans, so none may come from outside. */
  readonly isShown?: true;
}

export interface FieldsOptions {
  readonly check: SchemaCheck;
  readonly contextFor: (place: Place) => ReadContext;
}

export interface ReadFields {
  /** Without those that are wrong. */
  readonly fields: JsonObject;
  /** Pointers start with the field. */
  readonly secrets: readonly JsonPointer[];
  readonly whole: readonly JsonPointer[];
}

export function readFields(input: FieldsInput, { check, contextFor }: FieldsOptions): ReadFields {
  const { places, schema, subject, fields = {} } = input;
  const values: Record<string, Json> = {};
  const secrets: JsonPointer[] = [];
  const broken: JsonPointer[] = [];
  const whole: JsonPointer[] = [];
  const withheld: JsonPointer[] = [];
  for (const [name, place] of places) {
    const context = contextFor(place);
    const read = readValue(place, context);
    const under = (pointer: JsonPointer): JsonPointer => pointerTo(name) + pointer;
    // One by one: as arguments of one call a hundred thousand would be too many.
    for (const pointer of read.secrets) {
      secrets.push(under(pointer));
      if (!context.areSecretsReal) withheld.push(under(pointer));
    }
    for (const pointer of read.broken) broken.push(under(pointer));
    for (const pointer of read.whole) whole.push(under(pointer));
    const texts = withTextFields({ [name]: read.value }, fields, () => place);
    texts.findings.forEach((finding) => context.report(finding));
    values[name] = texts.value[name] ?? null;
    if (input.isShown !== true) continue;
    for (const pointer of read.secrets) {
      const message = `"${name}" cannot come from \${env:…} or \${file:…}: it is shown in every plan`;
      const at = spanOf(placeBelow(place, pointerParts(pointer)), "value");
      context.report({ code: "KS1104", severity: "error", message, at, hint: "use ${var:…}" });
      broken.push(under(pointer));
    }
  }
  const isHidden = (pointer: JsonPointer): boolean => {
    const [field = ""] = pointerParts(pointer);
    const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const hidden = [...secrets, ...(input.hidden ?? [])];
    return known?.isSensitive === true || hidden.some((at) => isWithin(pointer, [at]) || isWithin(at, [pointer]));
  };
  const shape = checkShape({ schema, value: values, whole, broken, withheld }, check, { subject, isHidden });
  for (const { isAboutKey, ...problem } of shape.problems) {
    const [field = "", ...below] = pointerParts(problem.pointer);
    const root = places.get(field) ?? input.at;
    if (root === undefined) continue;
    const at = spanOf(placeBelow(root, below), isAboutKey ? "key" : "value");
    contextFor(root).report({ ...problem, severity: "error", at, pointer: input.pointer + problem.pointer });
  }
  return { fields: shape.value, secrets, whole };
}
