/**
 * Variables that hold the credentials of this program: a pull request must not send them to a monitored address. Case
 * does not matter, because on Windows `kuma_sync_password` is the same variable.
 */
export function isOwnVariable(name: string): boolean {
  return name.toUpperCase().startsWith("KUMA_SYNC_");
}
