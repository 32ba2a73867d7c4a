/** The key `select:` beside `monitors:`, for kinds with a list of monitors. Status pages have it in their groups. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Variant } from "../../kinds/kind.ts";
import { selectorSchema } from "../../kinds/selector-schema.ts";

export const selectKey = "select";

const none: Readonly<Record<string, JsonSchema>> = {};
const schemas: Readonly<Record<string, JsonSchema>> = { [selectKey]: selectorSchema };

export function selectSchemas({ fields }: Pick<Variant, "fields">): Readonly<Record<string, JsonSchema>> {
  return Object.hasOwn(fields, "monitors") && fields["monitors"]?.refersTo === "monitor" ? schemas : none;
}
