import { KumaError } from "./errors.ts";

/** Runs `write`; when it is not known whether it happened, runs `settle` once. */
export async function withRecovery<Result>(
  write: () => Promise<Result>,
  settle: (lost: KumaError) => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    // Without a connection nothing can be read; the next run sees what happened.
    if (error instanceof KumaError && error.code === "stalled") return settle(error);
    throw error;
  }
}
