import type { EntityKey } from "./entity.ts";

/** Where the heartbeats of a push monitor go. */
export interface PushUrl {
  readonly key: EntityKey;
  readonly name: string;
  /** Without parameters. Whoever knows it can report the monitor up. */
  readonly url: string;
}
