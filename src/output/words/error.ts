/** An error in the form that every format reports. */
import {
  InterruptedError,
  InvalidConfigError,
  KumaError,
  MachineError,
  RefusedError,
  UsageError,
  type ErrorFacts,
} from "../../model/errors.ts";

export function describeError(error: unknown): ErrorFacts {
  if (error instanceof InterruptedError) return { kind: "interrupted", message: "interrupted" };
  if (error instanceof KumaError) {
    return { kind: "server", code: error.code, message: error.message, ...hintOf(error.hint) };
  }
  if (error instanceof UsageError) return { kind: "usage", message: error.message, ...hintOf(error.hint) };
  if (error instanceof RefusedError) return { kind: "refused", message: error.message, ...hintOf(error.hint) };
  if (error instanceof MachineError) return { kind: "system", message: error.message, ...hintOf(error.hint) };
  if (error instanceof InvalidConfigError) return { kind: "config", message: error.message };
  // Errors of the operating system are not bugs of kuma-sync: a full disk, a file that may not be read.
  if (error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string") {
    return { kind: "system", code: error.code, message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: "bug",
    message: `this is a bug in kuma-sync: ${message}`,
    hint: "please report it, with the output of the same command and -v",
  };
}

function hintOf(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}
