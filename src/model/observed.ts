import type { ObservedEntity } from "./entity.ts";
import type { ServerInfo } from "./kuma-client.ts";
import type { LedgerState } from "./ledger.ts";

/** What a server holds, in the same canonical form as what is desired. */
export interface Observed {
  readonly server: ServerInfo;
  readonly entities: readonly ObservedEntity[];
  readonly ledger: LedgerState;
}
