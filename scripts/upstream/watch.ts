/** The watch as a function of its arguments, so that tests can run it. */
import { join } from "node:path";
import { areas } from "./areas/areas.ts";
import { openCheckout, UnreadableError } from "./checkout.ts";
import type { FileSource } from "./checkout.ts";
import { compare } from "./compare.ts";
import { readKnown, record } from "./known.ts";
import { renderers } from "./render.ts";
import type { Format } from "./render.ts";

export interface WatchOptions {
  readonly checkout: FileSource;
  readonly format: Format;
  /** Note what the checkout has as known of its release. */
  readonly isRecording: boolean;
  /** The folder of the known facts. */
  readonly known: string;
}

/** 0: nothing differs. 2: something does. 1: some of it could not be read. */
export type WatchCode = 0 | 1 | 2;

export function watch(options: WatchOptions): { readonly code: WatchCode; readonly text: string } {
  try {
    const checkout = openCheckout(options.checkout);
    if (options.isRecording) {
      const facts = readKnown(options.known, areas);
      const recorded = areas.filter(({ hasKnown }) => hasKnown);
      for (const area of recorded) record(options.known, area, facts, checkout.version, area.read(checkout));
    }
    const comparison = compare(checkout, areas, readKnown(options.known, areas));
    const isUnreadable = comparison.areas.some(({ unreadable }) => unreadable !== undefined);
    const hasDifferences = comparison.areas.some(({ differences }) => differences.length > 0);
    return { code: isUnreadable ? 1 : hasDifferences ? 2 : 0, text: renderers[options.format](comparison) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { code: 1, text: `this is not a checkout of Uptime Kuma: ${error.message}\n` };
  }
}

export { folderSource } from "./checkout.ts";

/** Beside this file, given the root of the repository. */
export function knownFolder(root: string): string {
  return join(root, "scripts/upstream/known");
}
