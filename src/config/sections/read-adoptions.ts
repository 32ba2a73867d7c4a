/** `adopt:` at the top level: the same as `adopt:` of an entity, with all adoptions in one list. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Lifecycle } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { pointerTo } from "../../model/json.ts";
import { lifecycleSchemas } from "./lifecycle-schemas.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { readFields, type FieldsOptions } from "./read-fields.ts";
import { readEntries } from "../values/read-value.ts";

export interface Adoption {
  /** As written. A rule checks whether it is the key of an entity. */
  readonly to: string;
  readonly adopt: NonNullable<Lifecycle["adopt"]>;
  /** The whole item. */
  readonly place: YamlPlace;
}

/** One item of the list. @internal: also read by what generates the published schema and the reference. */
export const adoptionSchema = {
  type: "object",
  properties: {
    to: {
      type: "string",
      minLength: 1,
      description: "The full key of the object that adopts it.",
      examples: ["monitor/api"],
    },
    ...lifecycleSchemas.adopt.anyOf[1].properties,
  },
  required: ["to"],
  additionalProperties: false,
} as const satisfies JsonSchema;

export function readAdoptions(
  items: readonly YamlPlace[],
  options: FieldsOptions & { report(finding: Finding): void },
): readonly Adoption[] {
  const known = new Map<string, Adoption>();
  items.forEach((place, index) => {
    const adoption = readAdoption(place, index, options);
    if (adoption === undefined) return;
    const first = known.get(adoption.to);
    if (first === undefined) {
      known.set(adoption.to, adoption);
      return;
    }
    options.report({
      code: "KS1605",
      severity: "error",
      message: `what "${adoption.to}" adopts is written twice`,
      at: spanOf(placeBelow(place, ["to"]), "value"),
      related: { message: "first here", at: spanOf(placeBelow(first.place, ["to"]), "value") },
    });
  });
  return [...known.values()];
}

function readAdoption(
  place: YamlPlace,
  index: number,
  options: Parameters<typeof readAdoptions>[1],
): Adoption | undefined {
  const places = readEntries(place, (finding) => options.report(finding));
  const pointer = pointerTo("adopt", index);
  const { fields } = readFields(
    { places, at: place, pointer, subject: "an adoption", schema: adoptionSchema, isShown: true },
    options,
  );
  const { to, id, name } = fields;
  if (typeof to !== "string") return undefined;
  if (typeof id === "number" && name === undefined) return { to, adopt: { id }, place };
  if (typeof name === "string" && id === undefined) return { to, adopt: { name }, place };
  const isMissing = !places.has("id") && !places.has("name");
  const hasBoth = id !== undefined && name !== undefined;
  if (isMissing || hasBoth) {
    options.report({
      code: isMissing ? "KS1203" : "KS1204",
      severity: "error",
      message: isMissing ? 'an adoption needs "id" or "name"' : 'an adoption has "id" or "name", not both',
      at: spanOf(place, "value"),
      pointer,
    });
  }
  return undefined;
}
