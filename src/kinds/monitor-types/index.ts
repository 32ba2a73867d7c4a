/** All monitor types that this version knows. A new one is a file in this folder and a line here. */
import { byType } from "../by-type.ts";
import { dns } from "./dns.ts";
import { docker } from "./docker.ts";
import { gamedig } from "./gamedig.ts";
import { globalping } from "./globalping.ts";
import { group } from "./group.ts";
import { grpcKeyword } from "./grpc-keyword.ts";
import { http } from "./http.ts";
import { jsonQuery } from "./json-query.ts";
import { kafkaProducer } from "./kafka-producer.ts";
import { keyword } from "./keyword.ts";
import { manual } from "./manual.ts";
import { mongodb } from "./mongodb.ts";
import { mqtt } from "./mqtt.ts";
import { mysql } from "./mysql.ts";
import { ntp } from "./ntp.ts";
import { oracledb } from "./oracledb.ts";
import { ping } from "./ping.ts";
import { pm2 } from "./pm2.ts";
import { port } from "./port.ts";
import { postgres } from "./postgres.ts";
import { push } from "./push.ts";
import { rabbitmq } from "./rabbitmq.ts";
import { radius } from "./radius.ts";
import { realBrowser } from "./real-browser.ts";
import { redis } from "./redis.ts";
import { sftp } from "./sftp.ts";
import { sipOptions } from "./sip-options.ts";
import { smtp } from "./smtp.ts";
import { snmp } from "./snmp.ts";
import { sqlserver } from "./sqlserver.ts";
import { steam } from "./steam.ts";
import { systemService } from "./system-service.ts";
import { tailscalePing } from "./tailscale-ping.ts";
import { websocketUpgrade } from "./websocket-upgrade.ts";

export const monitorTypes = byType([
  group,
  http,
  keyword,
  jsonQuery,
  push,
  ping,
  port,
  dns,
  docker,
  realBrowser,
  websocketUpgrade,
  grpcKeyword,
  mqtt,
  kafkaProducer,
  rabbitmq,
  sqlserver,
  postgres,
  mysql,
  oracledb,
  mongodb,
  redis,
  radius,
  snmp,
  smtp,
  sftp,
  ntp,
  sipOptions,
  tailscalePing,
  globalping,
  steam,
  gamedig,
  systemService,
  pm2,
  manual,
]);
