/** What kuma-sync knows of Redis. */
import type { Service } from "../service.ts";
import { stringInstances } from "../blocks/connection-string.ts";
import { makeRedis, redisProperties, type WrittenRedis } from "./block/redis-block.ts";
import { redisClaims } from "./facts/claims.ts";
import { checkRedis } from "./rules/check-redis.ts";

export const service: Service = {
  block: {
    properties: redisProperties,
    required: ["url"],
    example: { type: "redis", url: "redis://kuma:${env:REDIS_PASSWORD}@redis:6379" },
    // The schema was checked before.
    make: (key, written) => makeRedis(key, written as unknown as WrittenRedis),
  },
  claims: redisClaims,
  instances: (_monitors, blocks) => stringInstances(blocks),
  check: checkRedis,
  // The monitor does not look at an answer.
  samples: () => new Map(),
};
