/** A server that the configuration names. Its password is never in a file. */
export interface TargetServer {
  readonly name: string;
  /** Absent if it is not written, or wrong. */
  readonly url?: string;
  readonly username?: string;
  /** Names of environment variables, if they are not the usual ones. */
  readonly passwordEnv?: string;
  readonly tokenEnv?: string;
  readonly totpSecretEnv?: string;
}

/** The prefix of the variables of a target: `KUMA_SYNC_PROD_EU_` for `prod-eu`. */
export function targetPrefix(name: string): string {
  return `KUMA_SYNC_${name.toUpperCase().replaceAll(/[^A-Z0-9]/gu, "_")}_`;
}
