/** What kuma-sync knows of PostgreSQL. */
import type { Service } from "../service.ts";
import { stringInstances } from "../blocks/connection-string.ts";
import { makePostgres, postgresProperties, type WrittenPostgres } from "./block/postgres-block.ts";
import { postgresClaims } from "./facts/claims.ts";
import { checkPostgres } from "./rules/check-postgres.ts";

export const service: Service = {
  block: {
    properties: postgresProperties,
    required: ["url"],
    example: { type: "postgres", url: "postgres://kuma:${env:DB_PASSWORD}@postgres:5432/app" },
    // The schema was checked before.
    make: (key, written) => makePostgres(key, written as unknown as WrittenPostgres),
  },
  claims: postgresClaims,
  instances: (_monitors, blocks) => stringInstances(blocks),
  check: checkPostgres,
  // The monitor does not look at an answer.
  samples: () => new Map(),
};
