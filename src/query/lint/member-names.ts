import { isReachingName } from "./reaching.ts";

const members: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * The members that JavaScript gives every object, which jsonata before 2.2.0 takes for fields. Without those that lead to
 * running code, which are checked by themselves.
 */
export function isMemberName(name: string): boolean {
  return members.has(name) && !isReachingName(name);
}
