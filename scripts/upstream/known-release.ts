import { isAtLeast, kumaRelease, oldestSupported, type Release } from "../../src/model/release.ts";

/** Whether a version has what came with `since`. The tables know nothing older than the oldest supported release. */
export function isOfRelease(version: string, since: Release | undefined): boolean {
  return isAtLeast(kumaRelease(version) ?? oldestSupported, since);
}
