/** What the monitor of a PostgreSQL's block sees (docs/upstream/services.md#postgresql). */
import type { ServiceClaims } from "../../claims.ts";

export const postgresClaims: ServiceClaims = {
  ran: "PostgreSQL 15",
  checks: {
    query: {
      level: 2,
      asks: "a query that fails if nothing can be written, with time limits",
      proves: "The account can connect and run a query in time, and the server takes writes (not asked of a replica).",
      samples: ["query"],
      cost: "a connection, each time a new one",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    { id: "no-password", about: "the connection string has no password", seenBy: ["query"] },
    { id: "max-connections", about: "its connections are used up", seenBy: ["query"] },
    { id: "read-only", about: "it can only be read", seenBy: ["query"] },
    { id: "table-locked", about: "a table is locked", seenBy: [] },
    { id: "data-directory-renamed", about: "its data folder was renamed while it runs", seenBy: [] },
    { id: "web-server-on-the-port", about: "something else answers on its port", seenBy: ["query"] },
    { id: "paused", about: "its process hangs", seenBy: ["query"] },
    { id: "gone", about: "its process is gone", seenBy: ["query"] },
  ],
  notes: [
    "Uptime Kuma does not look at the result of a query: `SELECT false` and no rows are up. Only an error is down. To make a condition count, divide by it, as the query of the block does: `SELECT 1/(CASE WHEN condition THEN 1 ELSE 0 END)`.",
    "The type `postgres` has no time limit. Without `connectionTimeoutMillis` in the connection string the monitor stays up for ever when the server hangs, and nothing is recorded. `connect_timeout` is ignored. The block adds `connectionTimeoutMillis=5000`, `statement_timeout=5000` and `query_timeout=6000`, each unless it is there.",
    "With `replica: true` the query is `SELECT 1`: a replica can only be read, and that is no fault.",
    "A locked table is seen by a query that reads it: give it with `overrides: { query: { databaseQuery: … } }`; the time limits of the block end it.",
    "The account needs no right but to connect: `CREATE ROLE kuma LOGIN PASSWORD '…'`. It needs a password even where the server would ask for none, because the monitor refuses an empty one.",
  ],
};
