/** One of the servers that a configuration names, without its password, which is never in a file. */
export interface TargetServer {
  readonly name: string;
  /** Absent when it is not written, or wrong. */
  readonly url?: string;
  readonly username?: string;
  /** Names of environment variables, where they are not the usual ones. */
  readonly passwordEnv?: string;
  readonly tokenEnv?: string;
  readonly totpSecretEnv?: string;
}

/** `KUMA_SYNC_PROD_EU_` for `prod-eu`: how the names of the variables of a target start. */
export function targetPrefix(name: string): string {
  return `KUMA_SYNC_${name.toUpperCase().replaceAll(/[^A-Z0-9]/gu, "_")}_`;
}
