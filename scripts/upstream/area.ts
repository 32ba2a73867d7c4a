import type { Checkout } from "./checkout.ts";

/** One thing that a release has: a monitor type, a key, an event. */
export interface Item {
  /** What is compared. Two parts of the same name with other values are one item that changed. */
  readonly name: string;
  readonly value?: string;
  /** `server/server.js:120`, or only the file. */
  readonly place: string;
}

/** One thing that kuma-sync knows of. */
export interface Expected {
  readonly name: string;
  readonly value?: string;
  /** What it means if it is gone or changed, where that is more than a note. */
  readonly use?: string;
}

/** One subject that is compared. */
export interface Area {
  readonly id: string;
  readonly title: string;
  /** Throws UnreadableError if the place where the source has it is gone. */
  read(checkout: Checkout): readonly Item[];
  /** What kuma-sync's own tables say about a version. Absent: `known/` says it. */
  expect?(version: string): readonly Expected[];
  /** What it means for kuma-sync if a known one is gone or changed; undefined for one that it does not use. */
  uses?(name: string): string | undefined;
  /** Where what is found is not what our tables say about the same thing. */
  contradictions?(
    items: readonly Item[],
    version: string,
  ): readonly { readonly name: string; readonly detail: string; readonly place: string }[];
  /** Facts that are known and not modelled are in `known/` too. */
  readonly hasKnown: boolean;
  /** What to do about something new. */
  readonly todo: string;
}
