/** Checks a mapping that is not an entity against one schema: `defaults.monitor`, `policy`, an item of `moved`. */
import type { Fields, JsonSchema } from "../../kinds/field.ts";
import { isWithin, pointerParts, pointerTo, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import { checkShape } from "./check-shape.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { ProblemWords } from "./schema-problems.ts";
import { fixAt } from "../source/repair.ts";
import { concerns, placesWith, type KnownValue, type Provenance } from "../values/provenance.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";
import { withTextFields } from "../values/text-fields.ts";

export interface FieldsInput {
  /** By field; the fields may be in several files. */
  readonly places: ReadonlyMap<string, YamlPlace>;
  /** The mapping, for findings about missing fields. */
  readonly at?: YamlPlace;
  /** JSON pointer to the mapping in the configuration. */
  readonly pointer: JsonPointer;
  /** Names the mapping in findings: `the defaults of a monitor`. */
  readonly subject: string;
  readonly schema: JsonSchema;
  /** The fields whose texts stay as written and whose sensitive values are not shown. */
  readonly fields?: Fields;
  /** Places whose values a finding must not repeat. */
  readonly hidden?: readonly JsonPointer[];
  /** Explains an unknown key at the top level of the mapping. */
  readonly explainUnknown?: ProblemWords["explainUnknown"];
  /** The values appear in plans, so none may come from `${env:…}` or `${file:…}`. */
  readonly isShown?: true;
}

export interface FieldsOptions {
  readonly contextFor: (place: YamlPlace) => ReadContext;
}

export interface ReadFields {
  /** Without the fields that are wrong. */
  readonly fields: JsonObject;
  /** Pointers start with the field. */
  readonly provenance: Provenance;
}

export function readFields(input: FieldsInput, { contextFor }: FieldsOptions): ReadFields {
  const { places, schema, subject, fields = {}, explainUnknown } = input;
  const values: Record<string, Json> = {};
  const known = new Map<JsonPointer, KnownValue>();
  for (const [name, place] of places) {
    const context = contextFor(place);
    const read = readValue(place, context);
    for (const [pointer, value] of read.provenance) known.set(pointerTo(name) + pointer, value);
    const texts = withTextFields({ [name]: read.value }, fields, () => place);
    texts.findings.forEach((finding) => context.report(finding));
    values[name] = texts.value[name] ?? null;
    if (input.isShown !== true) continue;
    for (const pointer of placesWith(read.provenance, "isSecret")) {
      const message = `"${name}" cannot come from \${env:…} or \${file:…}: it is shown in every plan`;
      const span = spanOf(placeBelow(place, pointerParts(pointer)), "value");
      context.report({ code: "KS1104", severity: "error", message, at: span, hint: "use ${var:…}" });
      const at = pointerTo(name) + pointer;
      known.set(at, { ...known.get(at), isBroken: true });
    }
  }
  const isHidden = (pointer: JsonPointer): boolean => {
    const [field = ""] = pointerParts(pointer);
    const isSensitive = Object.hasOwn(fields, field) && fields[field]?.isSensitive === true;
    const isListed = input.hidden?.some((at) => isWithin(pointer, [at]) || isWithin(at, [pointer])) === true;
    return isSensitive || isListed || concerns(known, "isSecret", pointer);
  };
  const shape = checkShape({ schema, value: values, provenance: known }, { subject, isHidden, explainUnknown });
  for (const { isAboutKey, repair, ...problem } of shape.problems) {
    const [field = "", ...below] = pointerParts(problem.pointer);
    const root = places.get(field) ?? input.at;
    if (root === undefined) continue;
    const place = placeBelow(root, below);
    const at = spanOf(place, isAboutKey ? "key" : "value");
    const pointer = input.pointer + problem.pointer;
    contextFor(root).report({ ...problem, severity: "error", at, pointer, ...fixAt(place, repair) });
  }
  return { fields: shape.value, provenance: shape.provenance };
}
