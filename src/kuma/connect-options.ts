/** The options of a connection and their default limits. */

export type Credentials =
  | {
      readonly type: "password";
      readonly username: string;
      readonly password: string;
      /** Base32 text or an `otpauth://` URI, as the server shows it when two-factor login is set up. */
      readonly totpSecret?: string;
    }
  /**
   * The JWT that a 2.x server returns for a login: it never expires and needs no two-factor code. On 3.x the value of its
   * session cookie, which ends after a week without use.
   */
  | { readonly type: "token"; readonly token: string }
  /** For servers whose login is switched off. */
  | { readonly type: "none" };

/** The environment variables of the credentials, for messages that ask to set or check one. */
export interface CredentialVariables {
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly totpSecret: string;
}

export const usualVariables: CredentialVariables = {
  username: "KUMA_SYNC_USERNAME",
  password: "KUMA_SYNC_PASSWORD",
  token: "KUMA_SYNC_TOKEN",
  totpSecret: "KUMA_SYNC_TOTP_SECRET",
};

export interface TlsOptions {
  /** Additional trusted certificates, PEM. */
  readonly caPem?: string;
  /** Accept any certificate. */
  readonly insecure?: boolean;
}

/** Milliseconds. Each limit has its own error, which names what stalled. */
export interface Timeouts {
  /** From the first byte until the server is ready for a login. */
  readonly connect: number;
  /** One login attempt. */
  readonly login: number;
  /** From the first login that the server's limiter refuses until one is accepted. */
  readonly loginLimit: number;
  /** From the login until the lists have arrived. */
  readonly lists: number;
  /** One read or write. */
  readonly call: number;
}

/**
 * `lists` fits 5,000 monitors on a small machine: 2.5.3 needs about 9 s for them on two fast cores, 1.23 about 7 s
 * (docs/upstream/uptime-kuma.md#asking-for-lists). `call` fits one write on 1.23, which rebuilds its whole monitor list
 * for each. `loginLimit` is longer than the minute that the limiter counts.
 */
export const defaultTimeouts: Timeouts = {
  connect: 15_000,
  login: 30_000,
  loginLimit: 90_000,
  lists: 120_000,
  call: 30_000,
};

export type Phase = "connect" | "login" | "lists";

export interface ConnectOptions {
  /** http, https, ws or wss; a path is the sub-path of a reverse proxy. */
  readonly url: string;
  readonly credentials: Credentials;
  /** The variables of a run without a target. */
  readonly variables?: CredentialVariables;
  readonly tls?: TlsOptions;
  readonly timeouts?: Partial<Timeouts>;
  /** Called as each phase begins. */
  readonly onPhase?: (phase: Phase) => void;
  /** Called with one sentence before the login, if others could read it. */
  readonly onWarning?: (text: string) => void;
  /** Called with one sentence when a wait has a reason that the user should know. */
  readonly onNotice?: (text: string) => void;
  /** Called with what a login gives and nothing may print. */
  readonly onSecret?: (secrets: readonly string[]) => void;
  /** Milliseconds since 1970; decides the two-factor code. */
  readonly now?: () => number;
  /** Stops connecting, but does not close an open client. */
  readonly signal?: AbortSignal;
}
