/**
 * The columns of the monitor table with their defaults, as the databases of 1.23.17, 2.0.2, 2.2.1, 2.5.3 and
 * 2.5.4 have them.
 * `key` is the name in the server's objects; the column is its snake_case.
 */
import type { Json } from "../../src/model/json.ts";
import { isAtLeast, type Release } from "../../src/model/release.ts";

export interface Column {
  readonly key: string;
  readonly column: string;
  readonly type: "text" | "number" | "boolean" | "json";
  readonly default: Json;
  readonly isNotNull: boolean;
  readonly since: Release;
  /** False for what `editMonitor` never changes. */
  readonly isEditable: boolean;
  /** False for what no object of the server shows. */
  readonly isShown: boolean;
}

type Written = readonly [key: string, type: Column["type"], standard?: Json, notNull?: "NN"];

const since1: readonly Written[] = [
  ["name", "text"],
  ["description", "text"],
  ["type", "text"],
  ["parent", "number"],
  ["active", "boolean", 1, "NN"],
  ["weight", "number", 2000],
  ["interval", "number", 20, "NN"],
  ["retryInterval", "number", 0, "NN"],
  ["maxretries", "number", 0, "NN"],
  ["resendInterval", "number", 0, "NN"],
  ["timeout", "number", 0, "NN"],
  ["upsideDown", "boolean", 0, "NN"],
  ["accepted_statuscodes_json", "text", '["200-299"]', "NN"],
  ["proxyId", "number"],
  ["url", "text"],
  ["method", "text", "GET", "NN"],
  ["httpBodyEncoding", "text"],
  ["body", "text"],
  ["headers", "text"],
  ["maxredirects", "number", 10, "NN"],
  ["ignoreTls", "boolean", 0, "NN"],
  ["expiryNotification", "boolean", 1],
  ["keyword", "text"],
  ["invertKeyword", "boolean", 0, "NN"],
  ["jsonPath", "text"],
  ["expectedValue", "text"],
  ["authMethod", "text"],
  ["basic_auth_user", "text"],
  ["basic_auth_pass", "text"],
  ["authDomain", "text"],
  ["authWorkstation", "text"],
  ["oauth_auth_method", "text"],
  ["oauth_token_url", "text"],
  ["oauth_client_id", "text"],
  ["oauth_client_secret", "text"],
  ["oauth_scopes", "text"],
  ["tlsCert", "text"],
  ["tlsKey", "text"],
  ["tlsCa", "text"],
  ["hostname", "text"],
  ["port", "number"],
  ["packetSize", "number", 56, "NN"],
  ["dns_resolve_server", "text"],
  ["dns_resolve_type", "text"],
  ["dns_last_result", "text"],
  ["docker_container", "text"],
  ["docker_host", "number"],
  ["pushToken", "text"],
  ["mqttTopic", "text"],
  ["mqttUsername", "text"],
  ["mqttPassword", "text"],
  ["mqttSuccessMessage", "text"],
  ["databaseConnectionString", "text"],
  ["databaseQuery", "text"],
  ["radiusUsername", "text"],
  ["radiusPassword", "text"],
  ["radiusSecret", "text"],
  ["radiusCalledStationId", "text"],
  ["radiusCallingStationId", "text"],
  ["grpcUrl", "text"],
  ["grpcProtobuf", "text"],
  ["grpcServiceName", "text"],
  ["grpcMethod", "text"],
  ["grpcBody", "text"],
  ["grpcMetadata", "text"],
  ["grpcEnableTls", "boolean", 0, "NN"],
  ["kafkaProducerTopic", "text"],
  ["kafkaProducerBrokers", "json"],
  ["kafkaProducerSaslOptions", "json"],
  ["kafkaProducerMessage", "text"],
  ["kafkaProducerSsl", "boolean", 0, "NN"],
  ["kafkaProducerAllowAutoTopicCreation", "boolean", 0, "NN"],
  ["game", "text"],
  ["gamedigGivenPortOnly", "boolean", 1, "NN"],
  ["created_date", "text", "2026-01-01 00:00:00", "NN"],
  ["user_id", "number"],
];

const since20: readonly Written[] = [
  ["cacheBust", "boolean", 0, "NN"],
  ["conditions", "json", "[]", "NN"],
  ["ipFamily", "text"],
  ["jsonPathOperator", "text"],
  ["mqttCheckType", "text", "keyword", "NN"],
  ["mqttWebsocketPath", "text"],
  ["oauth_audience", "text"],
  ["ping_count", "number", 1, "NN"],
  ["ping_numeric", "boolean", 1, "NN"],
  ["ping_per_request_timeout", "number", 2, "NN"],
  ["rabbitmqNodes", "json"],
  ["rabbitmqUsername", "text"],
  ["rabbitmqPassword", "text"],
  ["remote_browser", "number"],
  ["smtpSecurity", "text"],
  ["snmpOid", "text"],
  ["snmpVersion", "text", "2c"],
  ["manual_status", "number"],
];

const since21: readonly Written[] = [
  ["domainExpiryNotification", "boolean", 0],
  ["expectedTlsAlert", "text"],
  ["location", "text"],
  ["protocol", "text"],
  ["responseMaxLength", "number", 1024, "NN"],
  ["retryOnlyOnStatusCodeFailure", "boolean", 0, "NN"],
  ["saveErrorResponse", "boolean", 1, "NN"],
  ["saveResponse", "boolean", 0, "NN"],
  ["screenshot_delay", "number", 0, "NN"],
  ["snmpV3Username", "text"],
  ["subtype", "text"],
  ["system_service_name", "text"],
  ["wsIgnoreSecWebsocketAcceptHeader", "boolean", 0, "NN"],
  ["wsSubprotocol", "text", "", "NN"],
];

const since24: readonly Written[] = [
  ["bearer_token", "text"],
  ["gamedigToken", "text"],
];

const since25: readonly Written[] = [
  ["ntpStratumThreshold", "number", 5],
  ["ntpTimeOffsetThreshold", "number", 1000],
  ["ntpRootDispersionThreshold", "number", 500],
];

const since254: readonly Written[] = [
  ["sshUsername", "text"],
  ["sshPassword", "text"],
  ["sftpPath", "text"],
  ["sshPrivateKey", "text"],
  ["sshPassphrase", "text"],
  ["sshAuthMethod", "text", "password"],
];

const notEditable: readonly string[] = [
  "active",
  "weight",
  "snmpV3Username",
  "user_id",
  "created_date",
  "dns_last_result",
];
const notShown: readonly string[] = [
  "accepted_statuscodes_json",
  "created_date",
  "user_id",
  "manual_status",
  "snmpV3Username",
];

export function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function columns(written: readonly Written[], since: Release): readonly Column[] {
  return written.map(([key, type, standard = null, notNull]) => ({
    key,
    column: snakeCase(key),
    type,
    default: standard,
    isNotNull: notNull === "NN",
    since,
    isEditable: !notEditable.includes(key),
    isShown: !notShown.includes(key),
  }));
}

const monitorColumns: readonly Column[] = [
  ...columns(since1, [1, 23, 0]),
  ...columns(since20, [2, 0, 0]),
  ...columns(since21, [2, 1, 0]),
  ...columns(since24, [2, 4, 0]),
  ...columns(since25, [2, 5, 0]),
  ...columns(since254, [2, 5, 4]),
];

/** The table of a release. */
export function columnsOf(release: Release): readonly Column[] {
  const [, minor, patch] = release;
  return monitorColumns
    .filter(({ since }) => isAtLeast(release, since))
    .map((column) => {
      // Changed in 2.1.1.
      if (column.key === "domainExpiryNotification" && minor === 1 && patch === 0) return { ...column, default: 1 };
      // A column from 2.1 on, in the server's objects from 2.5 on.
      if (column.key === "screenshot_delay" && minor < 5) return { ...column, isShown: false };
      return column;
    });
}
