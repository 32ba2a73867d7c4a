/**
 * Messages that a check computed from secrets. A query may spell a secret in any way (with dashes, backwards), so that no search
 * finds it; if one of the fields that decide is secret, the whole message is hidden in every format.
 */
import type { JsonPointer } from "../model/json.ts";

/** Fields that a verdict is computed from, and that its message quotes. */
const decidingFields: readonly JsonPointer[] = ["/jsonPath", "/expectedValue", "/keyword", "/conditions"];

/** Whether the message of a monitor's check may hold a secret; `isSecret` knows the sensitive places of the monitor. */
export function isComputedFromSecret(isSecret: (pointer: JsonPointer) => boolean): boolean {
  return decidingFields.some(isSecret);
}
