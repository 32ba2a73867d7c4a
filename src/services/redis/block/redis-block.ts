/** The short block of a Redis, and the monitor that it stands for (docs/upstream/services.md#redis). */
import type { JsonObject } from "../../../model/json.ts";
import { blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { connectionStringSchema } from "../../blocks/connection-string.ts";
import type { MadeBlock } from "../../service.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenRedis extends CommonKeys {
  readonly url: string;
}

export const redisProperties: Readonly<Record<string, JsonObject>> = {
  url: connectionStringSchema("Redis", "[Rr][Ee][Dd][Ii][Ss][Ss]?", "redis://kuma:${env:REDIS_PASSWORD}@redis:6379"),
};

export function makeRedis(key: string, { url, name: given }: WrittenRedis): MadeBlock {
  const name = blockName("Redis", key, given);
  const written = {
    name: `${name} ping`,
    type: "redis",
    databaseConnectionString: url.trim(),
    interval: 60,
    maxRetries: 2,
    retryInterval: 60,
  };
  const origins = { "/databaseConnectionString": "/url", "/name": "/name" };
  return { name, monitors: [{ key: "ping", written, origins }], problems: [] };
}
