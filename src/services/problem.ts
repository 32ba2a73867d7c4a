/** What is wrong or doubtful about monitors of a service, as values. `src/config/` gives them places. */
import type { FindingCode } from "../model/finding-codes.ts";
import type { JsonPointer } from "../model/json.ts";

export interface ServiceProblem {
  readonly code: FindingCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence in lower case, without a full stop. Holds no value of a header. */
  readonly message: string;
  /** Pointer into the input: into the block for what it makes, into the map of monitors for their check. */
  readonly pointer: JsonPointer;
  /** What to write instead. */
  readonly hint?: string;
  /** The reason for the rule. */
  readonly why?: string;
  /** Neither the message nor the hint holds a value of the monitor, so they may be shown where the value is a secret. */
  readonly quotesNothing?: true;
}
