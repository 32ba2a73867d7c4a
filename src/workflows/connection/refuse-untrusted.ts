/**
 * `KUMA_SYNC_UNTRUSTED=1` means that a stranger may have written the files, as in a pull request from a fork. Commands
 * that contact hosts from a file, or write its content to a server, then refuse to run.
 */
import { RefusedError } from "../../model/errors.ts";
import type { Run } from "../../run/run.ts";

const untrustedVariable = "KUMA_SYNC_UNTRUSTED";

/** `what` is a command as the user types it. Throws RefusedError before anything is read or sent. */
export function refuseUntrusted({ context }: Pick<Run, "context">, what: string): void {
  if (["", "0", "false"].includes(context.env[untrustedVariable] ?? "")) return;
  throw new RefusedError(
    `${what} is not for untrusted files, and ${untrustedVariable} is set; nothing was sent`,
    `validate, test, query and plan --against are safe on any file; once you have read the files, unset ${untrustedVariable}`,
  );
}
