/** Checks a template by itself, so that a mistake in it is one finding at the template, not one for each object. */
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
  /** The template's own block, without `use`. */
  readonly own: ReadObject;
  /** The templates that it uses, weakest first. */
  readonly below: readonly ReadObject[];
  readonly context: ReadContext;
}

/**
 * Reports the mistakes of a template. Each object that uses it reports them again at the same place; from these
 * distinct-findings.ts learns which objects a finding concerns.
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

/** The template's type; undefined if the objects have to say it. An unknown type is reported at the objects. */
function typeOf(kind: Kind, layers: readonly ReadObject[]): Variant | undefined {
  if (kind.variants.every(({ type }) => type === undefined)) return kind.variant(undefined);
  const type = layers.findLast(({ value }) => Object.hasOwn(value, "type"))?.value["type"];
  return typeof type === "string" ? kind.variant(type) : undefined;
}
