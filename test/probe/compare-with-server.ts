/**
 * The same monitors on a real Uptime Kuma and under the probe, against the same targets: first heartbeat against
 * verdict, and request against request.
 */
import { monitor as monitorKind } from "../../src/kinds/monitor.ts";
import { newMonitor } from "../../src/kinds/monitor-payload.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Heartbeat, KumaClient } from "../../src/model/kuma-client.ts";
import { probe, type MonitorToProbe } from "../../src/probe/probe.ts";
import type { QueryLab } from "../../src/query/lab.ts";
import type { Vector } from "../query/vectors.ts";
import { comparisonCases, defaultAnswer } from "./comparison-cases.ts";
import { monitorOf } from "./monitors.ts";
import { dnsServer } from "./dns-server.ts";
import { byPath, closedPort, startTarget, type Answer, type SeenRequest, type Target } from "./target.ts";
import { isAtLeast } from "../../src/model/release.ts";

export interface Comparison {
  readonly name: string;
  readonly server: Shown;
  readonly probe: Shown;
  /** Whether the message quotes the JavaScript engine, whose wording differs between releases of Node. */
  readonly isEngineMessage: boolean;
}

interface Shown {
  readonly status: "up" | "down" | "pending" | "none";
  readonly message: string;
  /** Method, path, headers and body of each request, in order. */
  readonly requests: readonly string[];
}

type Beat = Pick<Shown, "status" | "message">;

interface Row {
  readonly name: string;
  /** Where its requests arrive: the beginning of their paths. */
  readonly path?: string;
  readonly target?: Target;
  readonly monitor: MonitorToProbe;
  readonly isEngineMessage: boolean;
}

/** Adds a monitor for each case and vector, waits for their first heartbeats, and deletes them if that is wanted. */
export async function compareWithServer(
  client: KumaClient,
  options: { readonly lab: QueryLab; readonly vectors: readonly Vector[]; readonly isTidy: boolean },
): Promise<readonly Comparison[]> {
  const { lab, vectors, isTidy } = options;
  const { version, capabilities } = client.server;
  const { release } = capabilities;
  const cases = comparisonCases.filter(
    ({ since, refusedSince, isOlderInPackage }) =>
      isAtLeast(release, since) &&
      (refusedSince === undefined || !isAtLeast(release, refusedSince)) &&
      (isOlderInPackage !== true || version !== "2.0.0-dev.0"),
  );
  const answers: Record<string, Answer> = {};
  for (const [index, { answers: own = { "": defaultAnswer } }] of cases.entries()) {
    for (const [below, answer] of Object.entries(own)) answers[`/case/${index}${below === "" ? "/" : below}`] = answer;
  }
  for (const [index, { response, content_type: contentType = "application/json" }] of vectors.entries()) {
    answers[`/vector/${index}/`] = (_, reply) =>
      reply.writeHead(200, contentType === "" ? {} : { "content-type": contentType }).end(response);
  }
  const plain = await startTarget(byPath(answers));
  const secure = await startTarget(byPath(answers), {});
  try {
    const rows: readonly Row[] = [
      ...cases.map((one, index) => {
        const target = one.isSecure === true ? secure : plain;
        const path = `/case/${index}/`;
        const oauth = one.written["authMethod"] === "oauth2-cc" ? { oauthTokenUrl: `${target.url}${path}token` } : {};
        const monitor = monitorOf({ url: target.url + path, ...oauth, ...one.written, type: one.type });
        return { name: one.name, path, target, monitor, isEngineMessage: /no JSON|is none/.test(one.name) };
      }),
      ...vectors.map((vector, index) => ({
        name: vector.id,
        path: `/vector/${index}/`,
        target: plain,
        monitor: vectorMonitor(vector, `${plain.url}/vector/${index}/`),
        isEngineMessage: vector.engine_message === true,
      })),
      ...(await otherMonitors(plain.port)).map(([name, monitor]) => ({ name, monitor, isEngineMessage: false })),
    ];
    const { ids, beats } = await firstHeartbeats(client, rows);
    for (const id of isTidy ? ids : []) await client.write("deleteMonitor", id);
    const sentByServer = rows.map(requestsOf);
    const comparisons: Comparison[] = [];
    for (const [index, row] of rows.entries()) {
      const result = await probe(row.monitor, { server: version, lab });
      if (result.status === "skipped") throw new Error(`${row.name}: ${result.reason}`);
      const theirs = sentByServer[index] ?? [];
      comparisons.push({
        name: row.name,
        isEngineMessage: row.isEngineMessage,
        server: { ...(beats[index] as Beat), requests: theirs },
        probe: {
          status: result.firstHeartbeat,
          message: withoutTime(result.message),
          requests: requestsOf(row).slice(theirs.length),
        },
      });
    }
    return comparisons;
  } finally {
    await plain.close();
    await secure.close();
  }
}

async function otherMonitors(openPort: number): Promise<readonly (readonly [string, MonitorToProbe])[]> {
  const hostname = "127.0.0.1";
  const resolver = { hostname: "example.test", dnsResolveServer: hostname };
  const address = { type: 1, data: Buffer.from([192, 0, 2, 7]) };
  return [
    ["an open port", monitorOf({ type: "port", hostname, port: openPort })],
    ["a closed port", monitorOf({ type: "port", hostname, port: await closedPort() })],
    ["a name", monitorOf({ type: "dns", ...resolver, port: await dnsServer([address, address]) })],
    ["an unknown name", monitorOf({ type: "dns", ...resolver, port: await dnsServer([]) })],
    [
      "a list of resolvers",
      monitorOf({
        type: "dns",
        ...resolver,
        dnsResolveServer: "127.0.0.1, 127.0.0.1",
        port: await dnsServer([address]),
      }),
    ],
  ];
}

/** NULL and the empty text are told apart, which what can be written does not. */
function vectorMonitor({ query, operator, expected }: Vector, url: string): MonitorToProbe {
  const { spec, sensitive } = monitorOf({ type: "json-query", url, expectedValue: "" });
  return { spec: { ...spec, jsonPath: query, jsonPathOperator: operator, expectedValue: expected }, sensitive };
}

async function firstHeartbeats(
  client: KumaClient,
  rows: readonly Row[],
): Promise<{ readonly ids: readonly number[]; readonly beats: readonly Beat[] }> {
  const { capabilities } = client.server;
  const first = new Map<number, Heartbeat>();
  let wake: (() => void) | undefined;
  const stop = client.onHeartbeat((beat) => {
    if (!first.has(beat.monitorId)) first.set(beat.monitorId, beat);
    wake?.();
  });
  const ids: number[] = [];
  for (const { monitor, name } of rows) {
    const variant = monitorKind.variant(monitor.spec["type"] as string) as Variant;
    // Long enough that there is one heartbeat only.
    const spec: JsonObject = { ...monitor.spec, name, interval: 3600, retryInterval: 3600 };
    const content = { variant, spec };
    const { monitorID } = await client.write("add", newMonitor(content, { idOf: () => 0, capabilities }));
    ids.push(Number(monitorID));
  }
  while (ids.some((id) => !first.has(id))) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  stop();
  const words = ["down", "up", "pending", "none"] as const;
  const beats = ids.map((id): Beat => {
    const { status, message } = first.get(id) as Heartbeat;
    return { status: words[status], message: withoutTime(message) };
  });
  return { ids, beats };
}

function requestsOf({ target, path }: Row): readonly string[] {
  if (target === undefined || path === undefined) return [];
  return target.requests.filter((request) => request.path.startsWith(path)).map(requestText);
}

/** Port monitors tell how long it took. */
function withoutTime(message: string): string {
  return message.replace(/^\d+ ms$/, "some ms");
}

/** Without what is the connection's, not the check's. */
function requestText({ method, path, headers, body }: SeenRequest): string {
  const { connection: _, host: __, ...told } = headers;
  const sorted = Object.entries(told).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([method, path.replace(/(?<=_cachebuster=)\w+/, "random"), sorted, body]);
}
