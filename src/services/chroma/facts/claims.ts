/** What the monitors of a Chroma's block see (docs/upstream/services.md#chroma). */
import type { ServiceClaims } from "../../claims.ts";

export const chromaClaims: ServiceClaims = {
  ran: "Chroma 1.5.9, a single node,",
  checks: {
    health: {
      level: 1,
      asks: "GET /api/v2/heartbeat",
      proves: "The process answers.",
      samples: ["heartbeat"],
    },
    collections: {
      level: 2,
      asks: "GET …/collections_count",
      proves: "The database can be read, and there is a collection.",
      samples: ["collections_count"],
    },
    query: {
      level: 3,
      asks: "POST …/collections/ID/query, with `probe`",
      proves: "The collection of the probe can be searched.",
      samples: ["query"],
    },
    write: {
      level: 3,
      asks: "POST …/collections/ID/upsert, with `probe: { write: true }`",
      proves: "An entry can be written.",
      samples: ["write"],
      cost: "a write of one entry, always the same, into the collection of the probe",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    {
      id: "healthy-empty",
      about: "it works and has no collection",
      seenBy: ["collections"],
      untried: ["query", "write"],
    },
    { id: "storage-gone", about: "its data folder was moved away", seenBy: ["query", "write"] },
    { id: "db-corrupt", about: "its database file is corrupt", seenBy: ["collections", "query", "write"] },
    { id: "disk-full", about: "the disk is full", seenBy: ["write"] },
    { id: "writes-stuck", about: "writes are never answered, seen once after a full disk", seenBy: ["write"] },
    { id: "paused", about: "its process hangs", seenBy: ["health", "collections", "query", "write"] },
    { id: "gone", about: "its process is gone", seenBy: ["health", "collections", "query", "write"] },
  ],
  notes: [
    "`/api/v2/healthcheck` told nothing more than the heartbeat: it stayed all-true with the database gone, corrupt, the disk full, and with writes stuck.",
    'The probe needs a collection of its own, made once: `POST …/collections` with `{"name":"kuma-probe"}`, then `POST …/collections/ID/upsert` with one entry of three numbers: `{"ids":["probe"],"embeddings":[[0,0,1]],"documents":["p"]}`. Its id changes when it is made anew.',
    "Chroma has no key of its own. `/api/v1` is gone: monitors of old releases get 410.",
    "A cluster of several nodes was not tried.",
  ],
};
