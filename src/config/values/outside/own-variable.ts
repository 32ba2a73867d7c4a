/**
 * Variables with the credentials of kuma-sync: a pull request must not send them to a monitored address. Case is ignored,
 * because on Windows `kuma_sync_password` is the same variable.
 */
export function isOwnVariable(name: string): boolean {
  return name.toUpperCase().startsWith("KUMA_SYNC_");
}
