/** Other names of people and tools for monitor types. */
import { plainName } from "./plain-name.ts";

export interface MeantType {
  readonly type: string;
  /** What else to write, such as `expiryNotification: true`. */
  readonly beside?: string;
}

/** Other names by type, spelled as by `plainName`. */
const otherNames: readonly (readonly [type: string, names: readonly string[]])[] = [
  ["http", ["https", "http2", "httpget", "httpcheck", "web", "website", "webpage", "webcheck", "site", "url", "uri"]],
  ["http", ["endpoint", "api", "rest", "page", "curl", "status", "uptime", "graphql", "soap"]],
  ["keyword", ["httpkeyword", "text", "contains", "body", "content", "search", "match", "string", "words"]],
  ["json-query", ["json", "jsonq", "httpjson", "httpjsonquery", "jsonhttp", "jsonpath", "jsonata", "jq", "jsonapi"]],
  ["ping", ["icmp", "icmpv4", "icmpv6", "ping4", "ping6", "host", "fping", "pinghost", "alive"]],
  [
    "port",
    ["tcp", "tcpport", "tcping", "tcpping", "tcpconnect", "tcpsocket", "socket", "connect", "telnet", "openport"],
  ],
  ["dns", ["dnsresolve", "dnsquery", "resolver", "resolve", "nameserver", "dig", "nslookup", "record"]],
  ["push", ["heartbeat", "cron", "cronjob", "deadman", "deadmanswitch", "deadmansswitch", "passive", "healthcheck"]],
  ["push", ["healthchecks", "checkin", "webhook", "external", "job", "backup"]],
  ["docker", ["container", "dockercontainer", "containers", "podman"]],
  ["group", ["folder", "directory", "category", "section", "parent", "groups"]],
  ["real-browser", ["browser", "chrome", "chromium", "headless", "puppeteer", "playwright", "httpbrowser"]],
  ["websocket-upgrade", ["websocket", "websockets", "ws", "wss"]],
  ["grpc-keyword", ["grpc", "grpcs", "grpchealth"]],
  ["kafka-producer", ["kafka", "redpanda"]],
  ["rabbitmq", ["rabbit", "amqp", "amqps"]],
  ["mqtt", ["mqtts", "mosquitto"]],
  ["sqlserver", ["mssql", "mssqlserver", "tsql", "azuresql"]],
  ["postgres", ["postgresql", "pg", "pgsql", "psql", "cockroachdb", "timescaledb", "timescale"]],
  ["mysql", ["mariadb", "mysqlmariadb", "percona", "maria"]],
  ["oracledb", ["oracle"]],
  ["mongodb", ["mongo"]],
  ["redis", ["valkey", "keydb", "dragonfly", "rediss"]],
  ["radius", ["freeradius"]],
  ["snmp", ["snmpv2", "snmpv3", "snmpget"]],
  ["smtp", ["mail", "email", "smtps", "mailserver"]],
  ["ntp", ["time", "chrony", "sntp", "timeserver"]],
  ["sftp", ["sftpserver", "scp", "sshlogin"]],
  ["sip-options", ["sip", "voip"]],
  ["tailscale-ping", ["tailscale"]],
  ["system-service", ["systemd", "service", "systemdservice", "windowsservice", "unit"]],
  ["gamedig", ["game", "gameserver", "minecraft", "mc", "valheim", "rust", "ark", "factorio", "terraria"]],
  ["manual", ["static", "fixed", "none"]],
];

const withMore: Readonly<Record<string, MeantType>> = {
  ...all(["cert", "certificate", "certificates", "tls", "ssl", "tlscert", "sslcert", "x509", "certexpiry"], {
    type: "http",
    beside: "expiryNotification: true",
  }),
  ...all(["domain", "whois", "rdap", "domainexpiry"], { type: "http", beside: "domainExpiryNotification: true" }),
  ssh: { type: "port", beside: "port: 22" },
  ftp: { type: "port", beside: "port: 21" },
  imap: { type: "port", beside: "port: 143" },
  imaps: { type: "port", beside: "port: 993" },
  pop3: { type: "port", beside: "port: 110" },
  ldap: { type: "port", beside: "port: 389" },
  ldaps: { type: "port", beside: "port: 636" },
  rdp: { type: "port", beside: "port: 3389" },
  smb: { type: "port", beside: "port: 445" },
  memcached: { type: "port", beside: "port: 11211" },
  starttls: { type: "smtp", beside: "smtpSecurity: starttls" },
};

function all(names: readonly string[], meant: MeantType): Readonly<Record<string, MeantType>> {
  return Object.fromEntries(names.map((name) => [name, meant]));
}

/** Undefined for an unknown word. */
export function meantMonitorType(word: string): MeantType | undefined {
  const plain = plainName(word);
  if (Object.hasOwn(withMore, plain)) return withMore[plain];
  const type = otherNames.find(([own, names]) => names.includes(plain) || plainName(own) === plain)?.[0];
  return type === undefined ? undefined : { type };
}
