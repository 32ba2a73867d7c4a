/** Which releases have which providers: each tag from 1.23.0 to 2.5.3 was read (docs/upstream/uptime-kuma.md#notifications). */
import { isAtLeast, type Release } from "../../model/release.ts";
import { notificationProviders } from "./index.ts";

/** Providers that a release no longer has, which it was the first not to have. */
const removedIn: Readonly<Record<string, Release>> = {
  // LINE Notify was shut down; `line` is another one.
  LineNotify: [2, 1, 0],
};

/** Whether any release that was read has it. */
export function isKnownProvider(type: string): boolean {
  return notificationProviders.has(type) || Object.hasOwn(removedIn, type);
}

/** The release that took the provider away, if it is gone from `release`. */
export function removalOf(type: string, release: Release): Release | undefined {
  const removed = Object.hasOwn(removedIn, type) ? removedIn[type] : undefined;
  return removed !== undefined && isAtLeast(release, removed) ? removed : undefined;
}
