/** Why Open WebUI did not do what was asked. */
export type OpenWebUIErrorCode =
  | "unreachable" // nothing answers, or not Open WebUI
  | "wrong-password"
  | "password-login-off"
  | "second-factor" // signing in needs a code that kuma-sync does not have
  | "too-many-sign-ins"
  | "session-ended" // the given token is not valid, or not any more
  | "key-refused" // the given token is a key, and keys may not do this
  | "not-an-administrator"
  | "rejected"; // it answered, and refused

export class OpenWebUIError extends Error {
  override readonly name = "OpenWebUIError";
  readonly code: OpenWebUIErrorCode;
  /** What to try, one sentence. */
  readonly hint: string | undefined;

  constructor(code: OpenWebUIErrorCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
