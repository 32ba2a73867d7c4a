/** A template by itself: a mistake in it is one finding, at the template, and not one for each object that uses it. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Kind, Variant } from "../../kinds/kind.ts";
import { pointerParts, type Json, type JsonObject } from "../../model/json.ts";
import { checkShape } from "../sections/check-shape.ts";
import { explainUnknown, type UnknownEntry } from "../sections/entity-keys.ts";
import { anyVariantSchema, partialSchema } from "../sections/json-schema.ts";
import { fixAt } from "../source/repair.ts";
import { spanOf } from "../source/positions.ts";
import { concerns, writtenAt } from "../values/provenance.ts";
import type { ReadContext, ReadObject } from "../values/read-value.ts";

interface TemplateInput {
  readonly kind: Kind;
  readonly name: string;
  /** Its own block, without `use`. */
  readonly own: ReadObject;
  /** The templates that it uses, weakest first. */
  readonly below: readonly ReadObject[];
  readonly context: ReadContext;
}

/**
 * Reports its mistakes. Each object that uses it finds them again, at the same place, by which the finding gets to know
 * whom it concerns (distinct-findings.ts).
 */
export function checkTemplate({ kind, name, own, below, context }: TemplateInput): void {
  const variant = typeOf(kind, [...below, own]);
  const { defaults: _defaults, ...fields } = own.value as Readonly<Record<string, Json>>;
  const value: JsonObject = variant === undefined || variant.type === "group" ? fields : own.value;
  const schema: JsonSchema = variant === undefined ? anyVariantSchema(kind.variants) : partialSchema(variant);
  const isHidden = (pointer: string): boolean => {
    const [field = ""] = pointerParts(pointer);
    const isSensitive = kind.variants.some(({ fields: known }) => known[field]?.isSensitive === true);
    return isSensitive || concerns(own.provenance, "isSecret", pointer);
  };
  const words = {
    subject: `template "${name}"`,
    isHidden,
    ...(variant === undefined ? {} : { explainUnknown: (entry: UnknownEntry) => explainUnknown(kind, variant, entry) }),
  };
  const { problems } = checkShape({ schema, value, provenance: own.provenance }, words);
  for (const { isAboutKey, repair, ...problem } of problems) {
    const { place, pointer } = writtenAt(own.provenance, problem.pointer);
    const at = spanOf(place, isAboutKey ? "key" : "value");
    context.report({ ...problem, severity: "error", at, pointer, ...fixAt(place, repair) });
  }
}

/** Undefined where the template leaves the type to the objects. An unknown type is reported at them. */
function typeOf(kind: Kind, layers: readonly ReadObject[]): Variant | undefined {
  if (kind.variants.every(({ type }) => type === undefined)) return kind.variant(undefined);
  const type = layers.findLast(({ value }) => Object.hasOwn(value, "type"))?.value["type"];
  return typeof type === "string" ? kind.variant(type) : undefined;
}
