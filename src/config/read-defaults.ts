/** `defaults.monitor` and the like: checked once on their own, so that one mistake is one finding and not thousands. */
import type { Variant } from "../kinds/kind.ts";
import type { KindName } from "../model/entity.ts";
import { isWithin, pointerParts, pointerTo, type Json, type JsonPointer } from "../model/json.ts";
import { checkShape } from "./check-shape.ts";
import { defaultsSchema } from "./json-schema.ts";
import { placeBelow, spanOf, type Place } from "./positions.ts";
import type { ReadDefaults } from "./read-entity.ts";
import { readValue, type ReadContext } from "./read-value.ts";
import type { SchemaCheck } from "./schema-check.ts";
import { withTextFields } from "./text-fields.ts";

export function readDefaults(
  kind: { readonly name: KindName; readonly variants: readonly Variant[] },
  places: ReadonlyMap<string, Place>,
  options: { readonly check: SchemaCheck; contextFor(place: Place): ReadContext },
): ReadDefaults {
  const fields = Object.assign({}, ...kind.variants.map((variant) => variant.fields)) as Variant["fields"];
  const values: Record<string, Json> = {};
  const secrets: JsonPointer[] = [];
  const broken: JsonPointer[] = [];
  const whole: JsonPointer[] = [];
  for (const [name, place] of places) {
    const context = options.contextFor(place);
    const read = readValue(place, context);
    const under = (pointer: JsonPointer): JsonPointer => pointerTo(name) + pointer;
    secrets.push(...read.secrets.map(under));
    broken.push(...read.broken.map(under));
    whole.push(...read.whole.map(under));
    const texts = withTextFields({ [name]: read.value }, fields, () => place);
    texts.findings.forEach((finding) => context.report(finding));
    values[name] = texts.value[name] ?? null;
  }
  const isHidden = (pointer: JsonPointer): boolean => {
    const [field = ""] = pointerParts(pointer);
    return (
      fields[field]?.isSensitive === true || secrets.some((at) => isWithin(pointer, [at]) || isWithin(at, [pointer]))
    );
  };
  const shape = checkShape({ schema: defaultsSchema(kind.variants), value: values, whole, broken }, options.check, {
    subject: `the defaults of a ${kind.name}`,
    isHidden,
  });
  for (const { isAboutKey, ...problem } of shape.problems) {
    const [field = "", ...below] = pointerParts(problem.pointer);
    const root = places.get(field);
    if (root === undefined) continue;
    const at = spanOf(placeBelow(root, below), isAboutKey ? "key" : "value");
    const pointer = pointerTo("defaults", kind.name) + problem.pointer;
    options.contextFor(root).report({ ...problem, severity: "error", at, pointer });
  }
  return { fields: shape.value, places, secrets, whole };
}
