/** What a run of `silence` is to do, from its flags. */
import { randomBytes } from "node:crypto";
import { silenceIdPattern } from "../../kinds/silence-marker.ts";
import { UsageError } from "../../model/errors.ts";

export interface WishFlags {
  /** Keys, names or patterns. */
  readonly keys: readonly string[];
  /** Milliseconds. */
  readonly for?: number;
  readonly reason?: string;
  readonly id?: string;
  readonly list?: boolean;
  readonly end?: readonly string[];
}

export type Wish =
  | { readonly type: "start"; readonly seconds: number; readonly id: string; readonly reason: string }
  | { readonly type: "end"; readonly ids: readonly string[] }
  | { readonly type: "list" };

/** Throws UsageError for flags that do not go together. */
export function readWish({ keys, list = false, end, reason, id, for: ms }: WishFlags): Wish {
  const ids = end ?? [];
  const wrong = [id ?? [], ids].flat().find((one) => !silenceIdPattern.test(one));
  if (wrong !== undefined) {
    throw new UsageError(
      `"${wrong}" is no id of a silence`,
      "letters, digits, dots, hyphens and underscores, at most 64",
    );
  }
  const isStart = keys.length > 0 || ms !== undefined || reason !== undefined || id !== undefined;
  if ([isStart, list, end !== undefined].filter(Boolean).length > 1) {
    throw new UsageError(
      "one run starts a silence, lists them, or ends some",
      "give only keys with --for, --list, or --end",
    );
  }
  if (list) return { type: "list" };
  if (end !== undefined) return { type: "end", ids: [...new Set(ids)] };
  if (keys.length === 0) {
    throw new UsageError("it is not said what to silence", 'name monitors, such as "web-*", or give --list or --end');
  }
  if (ms === undefined) throw new UsageError("it is not said for how long", "give a time, such as --for 20m");
  const seconds = Math.ceil(ms / 1000);
  return { type: "start", seconds, id: id ?? randomBytes(4).toString("hex"), reason: titleOf(reason) };
}

const longestTitle = 150;

function titleOf(reason = ""): string {
  const title = reason.trim();
  if (title.length > longestTitle) {
    throw new UsageError(`the reason has ${title.length} characters`, `Uptime Kuma takes at most ${longestTitle}`);
  }
  return title === "" ? "Silenced by kuma-sync" : title;
}
