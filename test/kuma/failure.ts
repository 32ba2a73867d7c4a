import { expect } from "vitest";
import { KumaError } from "../../src/model/errors.ts";

/** The KumaError that an attempt must end with. */
export async function failure(attempt: Promise<unknown>): Promise<KumaError> {
  const error: unknown = await attempt.then(
    () => new Error("it succeeded"),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(KumaError);
  return error as KumaError;
}
