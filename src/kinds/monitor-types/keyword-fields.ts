/** A text that the response must, or must not, contain. */
import { booleanField, textField } from "../field-shapes.ts";
import type { Field } from "../field.ts";

export function keywordField(description: string): Field {
  return textField(
    { title: "Keyword", description, examples: ["all systems operational"] },
    // Every response contains the empty text.
    { minLength: 1 },
  );
}

export const invertKeywordField: Field = booleanField({
  title: "Invert keyword",
  description: "Up when the text is *not* found.",
  default: false,
});
