/**
 * Words that a check made of secrets. A query may spell a secret in any way (with dashes, backwards), so that no search for
 * the secret finds it; where one of the texts that decide is a secret, the words of the verdict are not shown in any format.
 */
import type { JsonPointer } from "../model/json.ts";

/** What is shown in place of such words. */
export const hiddenWords = "(sensitive)";

/** Fields that a verdict is computed from, and that its words quote. */
export const decidingFields: readonly JsonPointer[] = ["/jsonPath", "/expectedValue", "/keyword", "/conditions"];

/** Whether the words of a check may hold a secret; `isSecret` knows the places of the monitor. */
export function mayHoldSecret(isSecret: (pointer: JsonPointer) => boolean): boolean {
  return decidingFields.some(isSecret);
}
