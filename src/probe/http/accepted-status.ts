/**
 * Whether a status code is accepted. Entries are `N` or `A-B`, both ends included; each number is read up to its first
 * character that is not a digit. An entry with more dashes matches nothing, and an empty list accepts nothing
 * (uptime-kuma server/util-server.js `checkStatusCode`).
 */
export function isAcceptedStatus(status: number, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    const [from = Number.NaN, to, ...rest] = entry.split("-").map((part) => Number.parseInt(part, 10));
    if (rest.length > 0) return false;
    return to === undefined ? status === from : status >= from && status <= to;
  });
}
