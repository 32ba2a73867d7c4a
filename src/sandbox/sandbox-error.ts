/** The sandbox could not be installed or started. The message ends with what the failed program printed, if anything. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  /** What to try, one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}
