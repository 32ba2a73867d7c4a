/**
 * The keys that each type's `add` payload holds, by the release that brought them
 * (docs/upstream/uptime-kuma.md#fields-of-a-monitor, docs/upstream/uptime-kuma.md#differences-between-releases). Stated
 * once more, by hand: a key too many fails the whole `add` on that release
 * (docs/upstream/uptime-kuma.md#adding-a-monitor), one too few leaves a default of the database in place of the form's
 * (docs/upstream/uptime-kuma.md#fields-of-a-monitor).
 */
import { isAtLeast, type Release } from "../../src/model/release.ts";

const since = {
  "1.23": [1, 23, 0],
  "2.0": [2, 0, 0],
  "2.1": [2, 1, 0],
  "2.3": [2, 3, 0],
  "2.4": [2, 4, 0],
  "2.5": [2, 5, 0],
  "2.5.4": [2, 5, 4],
} as const;

/** By the release that brought them; types that came later start there. */
type Columns = Readonly<Partial<Record<keyof typeof since, string>>>;

const common: Columns = {
  "1.23":
    "type name description parent active interval retryInterval maxretries resendInterval timeout upsideDown " +
    "notificationIDList accepted_statuscodes",
  "2.0": "conditions",
};

const http: Columns = {
  "1.23":
    "url method headers body proxyId httpBodyEncoding maxredirects ignoreTls expiryNotification authMethod basic_auth_user " +
    "basic_auth_pass authDomain authWorkstation tlsCert tlsKey tlsCa oauth_auth_method oauth_token_url " +
    "oauth_client_id oauth_client_secret oauth_scopes",
  "2.0": "cacheBust ipFamily oauth_audience",
  "2.1": "domainExpiryNotification saveResponse saveErrorResponse responseMaxLength",
  "2.4": "bearer_token",
};

const domain: Columns = { "2.1": "domainExpiryNotification" };
const host: Columns = { "1.23": "hostname" };
const hostAndPort: Columns = { "1.23": "hostname port" };
const connection: Columns = { "1.23": "databaseConnectionString" };
const query: Columns = { "1.23": "databaseQuery" };
const keyword: Columns = { "1.23": "keyword invertKeyword" };
const oauth = "oauth_auth_method oauth_token_url oauth_client_id oauth_client_secret oauth_scopes oauth_audience";

const own: Readonly<Record<string, readonly Columns[]>> = {
  group: [],
  http: [http],
  keyword: [http, keyword],
  "json-query": [
    http,
    { "1.23": "jsonPath expectedValue", "2.0": "jsonPathOperator", "2.1": "retryOnlyOnStatusCodeFailure" },
  ],
  push: [{ "1.23": "pushToken" }],
  ping: [host, domain, { "1.23": "packetSize", "2.0": "ping_count ping_numeric ping_per_request_timeout" }],
  port: [hostAndPort, domain, { "2.1": "smtpSecurity expectedTlsAlert expiryNotification tlsCert tlsKey tlsCa" }],
  dns: [hostAndPort, domain, { "1.23": "dns_resolve_server dns_resolve_type" }],
  docker: [{ "1.23": "docker_container docker_host" }],
  "real-browser": [domain, { "1.23": "url", "2.0": "remote_browser", "2.5": "screenshot_delay" }],
  "websocket-upgrade": [
    domain,
    {
      "2.1": "url wsSubprotocol wsIgnoreSecWebsocketAcceptHeader",
      "2.3": `headers authMethod basic_auth_user basic_auth_pass tlsCert tlsKey tlsCa ${oauth}`,
      "2.4": "bearer_token",
    },
  ],
  "grpc-keyword": [
    keyword,
    domain,
    { "1.23": "grpcUrl grpcEnableTls grpcProtobuf grpcServiceName grpcMethod grpcBody" },
  ],
  mqtt: [
    hostAndPort,
    domain,
    {
      "1.23": "mqttTopic mqttUsername mqttPassword mqttSuccessMessage",
      "2.0": "mqttWebsocketPath mqttCheckType jsonPath expectedValue",
    },
  ],
  "kafka-producer": [
    {
      "1.23":
        "kafkaProducerBrokers kafkaProducerTopic kafkaProducerMessage kafkaProducerSsl " +
        "kafkaProducerAllowAutoTopicCreation kafkaProducerSaslOptions",
    },
  ],
  rabbitmq: [{ "2.0": "rabbitmqNodes rabbitmqUsername rabbitmqPassword" }],
  sqlserver: [connection, query],
  postgres: [connection, query],
  mysql: [connection, query, { "1.23": "radiusPassword" }],
  oracledb: [connection, query, { "2.3": "basic_auth_user basic_auth_pass" }],
  mongodb: [connection, { "2.0": "databaseQuery jsonPath expectedValue" }],
  redis: [connection, { "2.0": "ignoreTls" }],
  radius: [
    hostAndPort,
    domain,
    { "1.23": "radiusUsername radiusPassword radiusSecret radiusCalledStationId radiusCallingStationId" },
  ],
  snmp: [hostAndPort, domain, { "2.0": "radiusPassword snmpOid snmpVersion jsonPath jsonPathOperator expectedValue" }],
  smtp: [hostAndPort, domain, { "2.0": "smtpSecurity" }],
  ntp: [hostAndPort, { "2.5": "ntpStratumThreshold ntpTimeOffsetThreshold ntpRootDispersionThreshold" }],
  sftp: [hostAndPort, { "2.5.4": "sshUsername sshPassword sshPrivateKey sshPassphrase sshAuthMethod sftpPath" }],
  "sip-options": [hostAndPort, domain],
  "tailscale-ping": [host, domain],
  globalping: [
    hostAndPort,
    keyword,
    {
      "2.1":
        "subtype url location protocol ipFamily ping_count dns_resolve_server dns_resolve_type method headers jsonPath " +
        "jsonPathOperator expectedValue ignoreTls expiryNotification cacheBust authMethod basic_auth_user " +
        `basic_auth_pass ${oauth}`,
      "2.4": "bearer_token",
    },
  ],
  steam: [hostAndPort, domain],
  gamedig: [hostAndPort, domain, { "1.23": "game gamedigGivenPortOnly", "2.4": "gamedigToken" }],
  "system-service": [{ "2.1": "system_service_name" }],
  pm2: [{ "2.5": "system_service_name" }],
  manual: [{ "2.0": "manual_status" }],
};

/** Sorted. */
export function columnsOf(type: string, release: Release): string[] {
  const tables = own[type];
  if (tables === undefined) throw new Error(`no columns for ${type}`);
  return [common, ...tables]
    .flatMap((table) =>
      Object.entries(since).flatMap(([name, first]) =>
        isAtLeast(release, first) ? (table[name as keyof Columns] ?? "").split(" ") : [],
      ),
    )
    .filter((key) => key !== "")
    .toSorted();
}
