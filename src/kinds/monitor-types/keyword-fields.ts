/** A text that an answer must, or must not, contain. */
import { booleanField, textField } from "../field-shapes.ts";
import type { Field } from "../field.ts";

export function keywordField(description: string): Field {
  return textField(
    { title: "Keyword", description, examples: ["all systems operational"] },
    // The empty text is found in every response.
    { minLength: 1 },
  );
}

export const invertKeywordField: Field = booleanField({
  title: "Invert keyword",
  description: "Up when the text is *not* found.",
  default: false,
});
