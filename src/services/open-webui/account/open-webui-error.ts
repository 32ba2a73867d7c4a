/** Why Open WebUI did not do what was asked. */
export type OpenWebUIErrorCode =
  | "unreachable" // nothing answers, or not Open WebUI
  | "wrong-password"
  | "password-login-off"
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
