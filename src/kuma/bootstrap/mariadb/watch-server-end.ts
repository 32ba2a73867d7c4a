import type { MariaDbView } from "./open-mariadb.ts";

/** Looks in a row at which the server must be gone. Its pool keeps a connection open as long as it lives. */
const looksNeeded = 4;

/**
 * Notices that Uptime Kuma has ended, by its connections to the database: while it makes its tables it listens nowhere, so
 * its address tells nothing. Start this when the server has taken the database. The returned function is one look; it
 * resolves to true when the server has opened connections and has had none for four looks.
 */
export async function watchServerEnd(view: Pick<MariaDbView, "connections">): Promise<() => Promise<boolean>> {
  // The server has just tried the account with a connection of its own, which may still be there.
  const newest = Math.max(0, ...((await view.connections()) ?? []));
  let wasSeen = false;
  let looksWithout = 0;
  return async () => {
    const ids = await view.connections();
    if (ids === undefined) return false;
    const isThere = ids.some((id) => id > newest);
    wasSeen ||= isThere;
    looksWithout = isThere ? 0 : looksWithout + 1;
    return wasSeen && looksWithout >= looksNeeded;
  };
}
