/** `select:` as a key beside `monitors:`, for kinds that have a list of monitors. A status page has it in its groups. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Variant } from "../../kinds/kind.ts";
import { selectorSchema } from "../../kinds/selector-schema.ts";

export const selectKey = "select";

const none: Readonly<Record<string, JsonSchema>> = {};
const schemas: Readonly<Record<string, JsonSchema>> = { [selectKey]: selectorSchema };

export function selectSchemas({ fields }: Pick<Variant, "fields">): Readonly<Record<string, JsonSchema>> {
  return Object.hasOwn(fields, "monitors") && fields["monitors"]?.refersTo === "monitor" ? schemas : none;
}
