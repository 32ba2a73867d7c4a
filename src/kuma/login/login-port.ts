/** The port of logging in. Its two adapters: `socket-login.ts` for 1.23 and 2.x, `cookie-login.ts` for 3.x. */
import type { Credentials, CredentialVariables, Timeouts, TlsOptions } from "../connect-options.ts";
import type { ServerAddress } from "../server-address.ts";
import type { Pushes } from "../socket/pushes.ts";
import type { Readiness } from "../socket/readiness.ts";
import type { Wire } from "../socket/wire.ts";

export interface LogInOptions {
  readonly wire: Wire;
  readonly pushes: Pushes;
  readonly readiness: Readiness;
  readonly credentials: Credentials;
  /** For the hints. */
  readonly variables: CredentialVariables;
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  /**
   * Milliseconds: limits of opening a socket, of one attempt, of waiting for the login limiter, and of the lists that 2.x
   * sends before it answers.
   */
  readonly ms: Pick<Timeouts, "connect" | "login" | "loginLimit" | "lists">;
  readonly now: () => number;
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Called with each secret that the login gives, so that nothing prints it. */
  readonly onSecret?: ((secrets: readonly string[]) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** For a server that asks for a login. */
export interface PasswordOrToken extends LogInOptions {
  readonly credentials: Exclude<Credentials, { readonly type: "none" }>;
}

/** A login that worked. */
export interface Login {
  /** Ends what the login has opened on the server. Never rejects. */
  readonly end: () => Promise<void>;
}

/** Of logins that leave nothing on the server: a 2.x token never expires, and a socket that is in needs none. */
export const nothingToEnd: Login = { end: async () => {} };
