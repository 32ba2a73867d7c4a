/** What `--wait` prints while the new monitors report for the first time. */
import type { EntityKey } from "../../model/entity.ts";
import { writtenDuration } from "../../model/duration.ts";
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";

interface WaitProgress {
  readonly up: number;
  readonly total: number;
  /** The longest wait, in milliseconds. */
  readonly limitMs: number;
}

export function waitStatusText({ up, total, limitMs }: WaitProgress): string {
  return `waiting for the first heartbeats, at most ${writtenDuration(limitMs / 1000)}: ${up}/${total} up`;
}

export function firstHeartbeatText(key: EntityKey, state: string, style: Style): string {
  return `${style.green(style.symbols.done)} ${inert(key)} is ${state}\n`;
}

interface NewGroup {
  readonly key: EntityKey;
  readonly isUp: boolean;
  /** Message of the last heartbeat; undefined if there is none. */
  readonly message: string | undefined;
  /** Seconds between two checks. */
  readonly interval: number;
}

export function newGroupText({ key, isUp, message = "no heartbeat yet", interval }: NewGroup): string {
  const text = isUp
    ? `${key} is up: ${message}`
    : `${key} is not up yet: ${message}; it is checked every ${writtenDuration(interval)}`;
  return `${inert(text)}\n`;
}
