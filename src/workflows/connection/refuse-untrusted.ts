/**
 * `KUMA_SYNC_UNTRUSTED=1` says that a stranger may have written the files, as in a pull request from a fork. What reaches
 * hosts that a file names, or writes to a server what it says, refuses then.
 */
import { RefusedError } from "../../model/errors.ts";
import type { Run } from "../../run/run.ts";

export const untrustedVariable = "KUMA_SYNC_UNTRUSTED";

/** `what` is a command as a person writes it. Throws RefusedError before anything is read or sent. */
export function refuseUntrusted({ context }: Pick<Run, "context">, what: string): void {
  if (["", "0", "false"].includes(context.env[untrustedVariable] ?? "")) return;
  throw new RefusedError(
    `${what} is not for untrusted files, and ${untrustedVariable} is set; nothing was sent`,
    `validate, test, query and plan --against are safe on any file; once you have read the files, unset ${untrustedVariable}`,
  );
}
