import type { JsonObject } from "../../model/json.ts";
import type { Release } from "../../model/release.ts";
import type { Fields } from "../field.ts";
import type { Variant } from "../kind.ts";
import { monitorFields } from "./monitor-fields.ts";

/** The properties of one monitor type. */
interface MonitorType {
  readonly type: string;
  readonly summary: string;
  readonly since?: Release;
  readonly fields: Fields;
  readonly required: readonly string[];
  readonly example: JsonObject;
  readonly queries?: NonNullable<Variant["queries"]>;
}

/** Adds the fields that all monitors have. */
export function defineMonitorType(own: MonitorType): Variant {
  return {
    ...own,
    isOpen: false,
    fields: { ...monitorFields, ...own.fields },
    required: ["name", ...own.required],
  };
}
