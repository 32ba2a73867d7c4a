/**
 * Which releases have which providers, from reading each tag from 1.23.0 to 2.5.3, and for 2.5.4
 * from the pull requests
 * (docs/upstream/uptime-kuma.md#notifications).
 */
import { isAtLeast, type Release } from "../../model/release.ts";
import { notificationProviders } from "./index.ts";

/** Removed providers, with the first release that does not have them. */
const removedIn: Readonly<Record<string, Release>> = {
  // LINE Notify was shut down; `line` is a different provider.
  LineNotify: [2, 1, 0],
};

/** Whether any of these releases has it. */
export function isKnownProvider(type: string): boolean {
  return notificationProviders.has(type) || Object.hasOwn(removedIn, type);
}

/** The release that removed the provider, if `release` does not have it any more. */
export function removalOf(type: string, release: Release): Release | undefined {
  const removed = Object.hasOwn(removedIn, type) ? removedIn[type] : undefined;
  return removed !== undefined && isAtLeast(release, removed) ? removed : undefined;
}
