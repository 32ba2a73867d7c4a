/** Keys that the block of every service has. */
import type { Json, JsonObject } from "../../model/json.ts";

export interface CommonKeys {
  readonly name?: string;
  readonly notifications?: readonly Json[];
  readonly tags?: readonly Json[];
  readonly use?: string | readonly string[];
  /** By monitor key without the key of the block, or by a pattern with `*`. `false` leaves the monitor out. */
  readonly overrides?: Readonly<Record<string, false | JsonObject>>;
}

/** JSON Schema 2020-12 of each. What a monitor accepts is checked at the monitors. */
export const commonProperties = {
  name: {
    type: "string",
    minLength: 1,
    maxLength: 60,
    title: "Name",
    description:
      "What people see: the name of the group, and the start of the names of its monitors. Without it, the service and " +
      "the key, unless that is main.",
    examples: ["AI gateway"],
  },
  notifications: {
    type: "array",
    title: "Notifications",
    description: "Whom the monitors tell, as at a monitor; not the group, which would say everything twice.",
    examples: [["oncall"]],
  },
  tags: {
    type: "array",
    title: "Tags",
    description: "Tags of the group and of its monitors, as at a monitor.",
    examples: [["ai"]],
  },
  use: {
    anyOf: [
      { type: "string", minLength: 1 },
      { type: "array", items: { type: "string", minLength: 1 } },
    ],
    title: "Use",
    description: "Templates of the monitors, but not of the group. What the service needs wins over them.",
    examples: ["patient"],
  },
  overrides: {
    type: "object",
    additionalProperties: { anyOf: [{ type: "boolean", const: false }, { type: "object" }] },
    title: "Overrides",
    description:
      "Fields laid over the monitors, by key without the block's: `health`, `model.gpt-4o`, `completion.*`, or `*` for " +
      "all but the group; the more exact wins, headers are joined. false leaves a monitor out.",
    examples: [{ "*": { resendInterval: 5 }, health: { interval: "30s" } }],
  },
} as const satisfies Readonly<Record<keyof CommonKeys, JsonObject>>;
