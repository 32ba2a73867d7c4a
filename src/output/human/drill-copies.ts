/** Sentences about copies that a drill left on a server. */
import { inert } from "../inert.ts";
import { plural } from "../words/counts.ts";

export function removedCopiesText(count: number): string {
  return `deleted ${plural(count, "copy", "copies")} of an earlier drill that was cut off\n`;
}

export function leftCopiesText(why: string): string {
  return `warning: the copies of this drill could not be deleted (${inert(why)}); the next drill deletes them\n`;
}
