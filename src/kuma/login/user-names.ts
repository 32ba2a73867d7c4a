/** User names that Uptime Kuma 3.0 refuses (docs/upstream/uptime-kuma.md#user-names-of-3x). */

/** What its user-name sign-in takes. */
const signInName = /^[A-Za-z0-9_.]{3,30}$/u;

/** What may stand before `@noreply.uptime-kuma.internal` in an e-mail address, by the rule of the server's library. */
const localPart = /^(?!\.)(?!.*\.\.)(?:[A-Za-z0-9_'+\-.]*)[A-Za-z0-9_+-]$/u;

/**
 * `taken`: 3.0 takes it. `by-email`: its page refuses the name, but kuma-sync gets in by the e-mail address that 3.0 makes
 * of it. `refused`: an upgrade cannot move this user, so nobody gets in afterwards.
 */
export type UserNameOn3 = "taken" | "by-email" | "refused";

export function userNameOn3(username: string): UserNameOn3 {
  const name = username.trim();
  if (signInName.test(name) && localPart.test(name)) return "taken";
  return localPart.test(name) ? "by-email" : "refused";
}

/** The e-mail address that 3.0 gives a user. */
export function emailOn3(username: string): string {
  return `${username.trim().toLowerCase()}@noreply.uptime-kuma.internal`;
}
