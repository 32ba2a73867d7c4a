/**
 * Reads the address of an Open WebUI and the API key of its monitoring account from flags and environment. The key is
 * never a flag.
 */
import { KumaError, UsageError } from "../../model/errors.ts";
import { urlSecrets } from "../../secrets/url-credentials.ts";
import { OpenWebUIError, type OpenWebUIErrorCode } from "../../services/open-webui/account/open-webui-error.ts";
import { readSecret } from "../connection/credentials.ts";
import type { Run } from "../../run/run.ts";

export interface OpenWebUIFlags {
  readonly openWebui?: string;
  /** Milliseconds, for each request. */
  readonly timeout?: number;
}

/** Enough for a model that has to be loaded first. */
export const usualTimeoutMs = 120_000;

/** Throws UsageError for a text that is not an address. The redactor knows its credentials from here on. */
export function readOpenWebUIUrl({ context }: Pick<Run, "context">, url: string | undefined): string {
  const text = (url ?? "").trim();
  context.redactor.add(urlSecrets(text));
  if (text === "")
    throw new UsageError("no Open WebUI address given", "give --open-webui, such as https://chat.example.com");
  if (!/^https?:\/\//u.test(text) || !URL.canParse(text)) {
    throw new UsageError("that is no address of an Open WebUI", "write it like http://open-webui:8080");
  }
  return text;
}

export function readOpenWebUIKey(run: Pick<Run, "context">): Promise<string | undefined> {
  return readSecret(run, "OPEN_WEBUI_API_KEY");
}

const errorCodes = {
  unreachable: "unreachable",
  "wrong-password": "wrong-password",
  "password-login-off": "no-credentials",
  "second-factor": "two-factor-needed",
  "too-many-sign-ins": "too-frequent",
  "session-ended": "token-invalid",
  "key-refused": "no-credentials",
  "not-an-administrator": "no-credentials",
  rejected: "rejected",
} as const satisfies Record<OpenWebUIErrorCode, KumaError["code"]>;

/** Turns an error of an Open WebUI into one that every command prints alike; other errors are returned unchanged. */
export function toServerError(error: unknown): unknown {
  if (!(error instanceof OpenWebUIError)) return error;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return new KumaError(errorCodes[error.code], error.message, { cause: error, ...hint });
}
