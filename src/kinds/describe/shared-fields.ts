import type { Field, Fields } from "../field.ts";
import type { Variant } from "../kind.ts";
import { isEqualJson } from "../../model/json.ts";

/** Fields that are the same in all variants. */
export function sharedFields([first, ...others]: readonly Variant[]): Fields {
  const fields = Object.entries(first?.fields ?? {});
  return Object.fromEntries(
    fields.filter(([name, field]) => others.every((other) => isSameField(other.fields[name], field))),
  );
}

/** The other fields of a variant. */
export function ownFields({ fields }: Variant, shared: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, field]) => !isSameField(shared[name], field)));
}

function isSameField(left: Field | undefined, right: Field): boolean {
  return left !== undefined && left.kuma === right.kuma && isEqualJson(left.schema, right.schema);
}
