/**
 * `protect:` and its like: what may be said of any entity beside its fields, about how it changes and goes. The server has no
 * such fields, so they are never sent on, also where a notification provider passes everything through.
 */
import type { JsonSchema } from "../../kinds/field.ts";
import { removalNames } from "../../model/entity.ts";

export const onRemoveSchema = {
  enum: [...removalNames],
  default: "delete",
  examples: ["pause"],
} as const satisfies JsonSchema;

/** What may stand under `defaults` too. */
export const sharedLifecycleSchemas = {
  protect: {
    title: "Protect",
    description:
      "Refuse every delete, also when this is no longer declared: the marker on the server says so. To remove it, apply false first.",
    type: "boolean",
    default: false,
    examples: [true],
  },
  onRemove: {
    title: "On remove",
    description:
      "What becomes of it when it is no longer declared: deleted with its history; paused, history kept until the key comes back (monitors only); or released, which leaves it as it is and no longer ours.",
    ...onRemoveSchema,
  },
  ignoreChanges: {
    title: "Ignore changes",
    description:
      "Fields that are written when it is created and left alone from then on: names, or JSON pointers like /headers/Authorization.",
    type: "array",
    items: { type: "string", minLength: 1 },
    examples: [["active", "/headers/Authorization"]],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

export const lifecycleSchemas = {
  ...sharedLifecycleSchemas,
  adopt: {
    title: "Adopt",
    description:
      "Take over this object, made by hand on the server, at the first apply: its id, or its name where that is unique. Its history is kept.",
    anyOf: [
      { type: "integer", minimum: 1 },
      {
        type: "object",
        properties: {
          id: { type: "integer", minimum: 1, description: "Its number on the server.", examples: [12] },
          name: { type: "string", minLength: 1, description: "Its name on the server.", examples: ["Checkout API"] },
        },
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: false,
      },
    ],
    examples: [{ id: 12 }, { name: "Checkout API" }],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

export const lifecycleKeys: readonly string[] = Object.keys(lifecycleSchemas);
