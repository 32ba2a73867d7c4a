/**
 * The schemas of `protect:` and the other keys that decide how kuma-sync changes and removes an entity. The server has
 * no such fields, so they are never sent, not even for a notification provider that passes everything through.
 */
import type { JsonSchema } from "../../kinds/field.ts";
import { removalNames } from "../../model/entity.ts";

export const onRemoveSchema = {
  enum: [...removalNames],
  default: "delete",
  examples: ["pause"],
} as const satisfies JsonSchema;

/** The keys that are allowed under `defaults` too. */
export const sharedLifecycleSchemas = {
  protect: {
    title: "Protect",
    description:
      "Refuse every delete, also after the block is removed: the protection is stored on the server. To delete the object, apply `false` first.",
    type: "boolean",
    default: false,
    examples: [true],
  },
  onRemove: {
    title: "On remove",
    description:
      "What happens to the object when it is no longer declared: `delete` erases it with its history; `pause` keeps the history until the key is declared again (monitors only); `release` leaves it on the server as an unmanaged object.",
    ...onRemoveSchema,
  },
  ignoreChanges: {
    title: "Ignore changes",
    description:
      "Fields that kuma-sync writes when it creates the object and ignores from then on: names, or JSON pointers such as /headers/Authorization.",
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
      "Adopt this object, made by hand on the server, at the first apply: by its id, or by its name if that is unique. It keeps its history.",
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
