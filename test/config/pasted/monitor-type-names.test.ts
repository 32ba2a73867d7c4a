import { expect, test } from "vitest";
import { meantMonitorType } from "../../../src/config/pasted/monitor-type-names.ts";
import { typeFromFields, typeUnderOtherKey } from "../../../src/config/pasted/type-from-fields.ts";
import { monitorTypes } from "../../../src/kinds/monitor-types/index.ts";

/** Of AutoKuma, of the Terraform provider, and what people write by habit. */
const words =
  "tcp website json https icmp cert tls ssl web url json_query mongo mariadb heartbeat tcp_port http_keyword tcp-ping " +
  "postgresql pg mssql oracle container websocket wss grpc kafka rabbit browser tailscale systemd valkey sip minecraft";

test.each(words.split(" "))("%s leads to a type that exists", (word) => {
  expect(monitorTypes.has(word)).toBe(false);
  expect(monitorTypes.has(meantMonitorType(word)?.type ?? "")).toBe(true);
});

test.each([...monitorTypes.keys()])("%s is not taken for another type", (type) => {
  expect(meantMonitorType(type)?.type ?? type).toBe(type);
});

test("a word that is not known leads nowhere", () => {
  expect(meantMonitorType("teapot")).toBeUndefined();
});

test("the type is found under the keys of other tools, or told from the fields", () => {
  expect(typeUnderOtherKey({ monitor_type: "json-query" })).toEqual({ key: "monitor_type", type: "json-query" });
  expect(typeUnderOtherKey({ check: "tcp-ping" })).toEqual({ key: "check", type: "port" });
  expect(typeFromFields({ url: "icmp://192.0.2.1" })).toBe("ping");
  expect(typeFromFields({ url: "https://a.example", jsonPath: "a" })).toBe("json-query");
  expect(typeFromFields({ hostname: "a.example", port: 22 })).toBe("port");
  expect(typeFromFields({ name: "a" })).toBeUndefined();
});
