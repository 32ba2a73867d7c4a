/** What the monitor of a Redis's block sees (docs/upstream/services.md#redis). */
import type { ServiceClaims } from "../../claims.ts";

export const redisClaims: ServiceClaims = {
  ran: "Redis 7.0.15",
  checks: {
    ping: {
      level: 1,
      asks: "PING",
      proves: "The account can connect, and the process answers.",
      samples: ["ping"],
      cost: "a connection, each time a new one",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    { id: "user-may-only-ping", about: "the account may only ping", seenBy: [], isHealthy: true },
    { id: "user-may-not-ping", about: "the account may not ping", seenBy: ["ping"] },
    { id: "wrong-password", about: "the password is wrong", seenBy: ["ping"] },
    { id: "tls-to-plain-port", about: "`rediss://` to a port without TLS", seenBy: ["ping"] },
    { id: "max-clients", about: "its connections are used up", seenBy: ["ping"] },
    { id: "storage-read-only", about: "saving to disk is configured and has failed", seenBy: ["ping"] },
    {
      id: "replica-without-master-stale-no",
      about: "a replica that serves no stale data is cut off",
      seenBy: ["ping"],
    },
    { id: "memory-full", about: "its memory is full, so that it refuses writes", seenBy: [] },
    { id: "paused", about: "its process hangs", seenBy: [] },
    { id: "gone", about: "its process is gone", seenBy: ["ping"] },
  ],
  notes: [
    "**Nothing here sees a Redis that hangs or whose memory is full.** The type `redis` has no time limit and there is no parameter for one: while the process hangs the monitor stays up and records nothing, and afterwards one up with a very long ping. Put a monitor beside it that asks what uses this Redis, by HTTP and with a `timeout`: Open WebUI's `/ready`, for example.",
    "The account needs no right but to ping: `ACL SETUSER kuma on >PASSWORD -@all +ping`.",
  ],
};
