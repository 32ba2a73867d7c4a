/** Finds the type of a monitor without `type`: other tools have another key for it, or derive it from the address. */
import { monitorTypes } from "../../kinds/monitor-types/index.ts";
import type { JsonObject } from "../../model/json.ts";
import { meantMonitorType } from "./monitor-type-names.ts";
import { plainName } from "./plain-name.ts";

const otherKeys = ["monitortype", "kind", "check", "checktype", "protocol"];

/** The type under a key of another tool, as in `monitor_type: json` and `check: tcp-ping`. */
export function typeUnderOtherKey(value: JsonObject): { readonly key: string; readonly type: string } | undefined {
  for (const [key, written] of Object.entries(value)) {
    if (!otherKeys.includes(plainName(key)) || typeof written !== "string") continue;
    const type = monitorTypes.has(written) ? written : meantMonitorType(written)?.type;
    if (type !== undefined) return { key, type };
  }
  return undefined;
}

const typesByScheme: Readonly<Record<string, string>> = {
  http: "http",
  https: "http",
  icmp: "ping",
  tcp: "port",
  dns: "dns",
  ws: "websocket-upgrade",
  wss: "websocket-upgrade",
  grpc: "grpc-keyword",
  postgres: "postgres",
  postgresql: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
  mongodb: "mongodb",
  redis: "redis",
  rediss: "redis",
  mqtt: "mqtt",
};

/** Types by their typical fields, the most specific first. */
const typesByField: readonly (readonly [field: string, type: string])[] = [
  ["jsonpath", "json-query"],
  ["expectedvalue", "json-query"],
  ["keyword", "keyword"],
  ["dockercontainer", "docker"],
  ["mqtttopic", "mqtt"],
  ["grpcurl", "grpc-keyword"],
  ["dnsresolvetype", "dns"],
  ["dnsresolveserver", "dns"],
  ["pushtoken", "push"],
  ["url", "http"],
  ["port", "port"],
  ["hostname", "ping"],
  ["host", "ping"],
];

/** A guess from the written fields; undefined if they do not indicate a type. */
export function typeFromFields(value: JsonObject): string | undefined {
  const written = new Map(Object.entries(value).map(([key, item]) => [plainName(key), item]));
  const url = written.get("url") ?? written.get("databaseconnectionstring");
  const scheme = typeof url === "string" ? /^([a-z]+):\/\//iu.exec(url)?.[1]?.toLowerCase() : undefined;
  const [, type] = typesByField.find(([field]) => written.has(field)) ?? [];
  const byScheme = scheme !== undefined && Object.hasOwn(typesByScheme, scheme) ? typesByScheme[scheme] : undefined;
  return byScheme === undefined || (byScheme === "http" && type !== undefined) ? type : byScheme;
}
