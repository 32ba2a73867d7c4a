/** How monitors of databases connect, and what they query. */
import { textField, addressField } from "../field-shapes.ts";
import type { Field, JsonSchema } from "../field.ts";
import { conditionsField, textOperators } from "./conditions-field.ts";
import type { Release } from "../../model/release.ts";

/** It may contain a password, so the whole value is secret. */
export function connectionStringField(example: string): Field {
  return addressField({
    title: "Connection string",
    description: "Where the database is and how to log in.",
    examples: [example],
    isSensitive: true,
  });
}

export function databaseQueryField(description: string, example: string, rule: JsonSchema = {}): Field {
  return textField({ title: "Query", description, examples: [example] }, rule);
}

export function resultConditionsField(since: Release): Field {
  return conditionsField({
    variables: ["result"],
    operators: textOperators,
    description: "What the result must be, as text; the query must then give one row of one column.",
    since,
  });
}
