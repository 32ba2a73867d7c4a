import { writtenDuration } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";

/** A login that nobody answered; `ms` is its limit. */
export function loginStalled(url: string, ms: number): KumaError {
  return new KumaError("stalled", `the login at ${url} was not answered within ${writtenDuration(ms / 1000)}`, {
    hint: "the server takes connections but does not answer: look at its log and load, or restart it; --timeout waits longer",
  });
}

/** Whether a limit was reached. */
export function isStalled(error: unknown): error is KumaError {
  return error instanceof KumaError && error.code === "stalled";
}
