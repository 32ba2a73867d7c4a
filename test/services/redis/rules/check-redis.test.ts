import { describe, expect, it } from "vitest";
import { checkRedis } from "../../../../src/services/redis/rules/check-redis.ts";
import { service } from "../../../../src/services/redis/service.ts";

const cache = { type: "redis", parent: "shop", databaseConnectionString: "redis://kuma:hidden@cache:6379" };

describe("the rule of Redis", () => {
  it("says what a ping alone does not see", () => {
    const found = checkRedis({ cache, port: { type: "port", parent: "shop", hostname: "cache", port: 6379 } }, []);
    expect(found.map(({ code, severity, pointer }) => [code, severity, pointer])).toEqual([
      ["KS1826", "info", "/cache/databaseConnectionString"],
    ]);
    expect(JSON.stringify(found)).not.toContain("hidden");
  });

  it.each(["http", "json-query", "push"])("is silent where the group has a monitor of type %s", (type) => {
    expect(checkRedis({ cache, beside: { type, parent: "shop" } }, [])).toEqual([]);
    expect(checkRedis({ cache, elsewhere: { type, parent: "blog" } }, [])).toHaveLength(1);
  });

  it("is silent for the monitor of a block, whose page says it", () => {
    const instances = service.instances({}, [{ url: `${cache.databaseConnectionString}?x=1`, written: {} }]);
    expect(instances.map(({ url }) => url)).toEqual(["redis://cache:6379"]);
    expect(checkRedis({ cache }, instances)).toEqual([]);
  });
});
