/** What `select:` may hold: which monitors of the configuration a list gets, beside those that it names. */
import { isJsonObject } from "../model/json.ts";
import type { JsonSchema } from "./field.ts";
import { referenceSchema } from "./field-shapes.ts";
import { monitorTypes } from "./monitor-types/index.ts";

const pattern: JsonSchema = {
  type: "string",
  minLength: 1,
  description: "A key, or a pattern of keys as for --select: `web-*`.",
};

const tag: JsonSchema = {
  anyOf: [
    { type: "string", minLength: 1, description: "The key of a tag, whatever its value." },
    {
      type: "object",
      description: "Tags and their values; `*` in a value stands for any characters. All of them must be there.",
      additionalProperties: { type: ["string", "number", "boolean"] },
      minProperties: 1,
    },
  ],
};

const conditions: JsonSchema = {
  type: "object",
  description: "Conditions that all hold. In a list, any item is enough.",
  properties: {
    tag: listOr(tag, { description: "The monitor has this tag: `media`, or with a value `{ env: prod }`." }),
    parent: listOr(referenceSchema("group"), { description: "The monitor is in this group, at any depth." }),
    type: listOr({ type: "string", enum: [...monitorTypes.keys()] }, { description: "The monitor is of this type." }),
    key: listOr(pattern, { description: "The monitor has this key; `*` stands for any characters." }),
  },
  additionalProperties: false,
  minProperties: 1,
};

export const selectorSchema: JsonSchema = {
  title: "Select",
  description:
    "The monitors of this configuration that the list gets beside those in `monitors`: a pattern of keys, conditions that all hold, or a list of these, of which one is enough.",
  anyOf: [pattern, conditions, { type: "array", minItems: 1, items: { anyOf: [pattern, conditions] } }],
  examples: [{ tag: "media" }, { parent: "infra" }, "web-*"],
};

/** One of them, or a list. An item that is a choice itself adds its alternatives to the same choice. */
function listOr(item: JsonSchema, about: JsonSchema): JsonSchema {
  const { anyOf } = item;
  const alternatives = Array.isArray(anyOf) ? (anyOf as readonly JsonSchema[]).filter(isJsonObject) : [item];
  return { ...about, anyOf: [...alternatives, { type: "array", minItems: 1, items: item }] };
}
