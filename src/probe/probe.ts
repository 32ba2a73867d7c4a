/**
 * Runs a monitor's check once on this machine, as Uptime Kuma would, and returns the verdict. It cannot reproduce the
 * server's place in the network, its proxies, maintenance, or the monitor's history.
 */
import type { LookupFunction } from "node:net";
import type { DesiredEntity } from "../model/entity.ts";
import { isComputedFromSecret } from "../secrets/computed-message.ts";
import { isWithin, type JsonObject } from "../model/json.ts";
import { kumaRelease, newestTested } from "../model/release.ts";
import type { Judgement } from "../query/check.ts";
import type { QueryLab } from "../query/lab.ts";
import { bodyExcerpt } from "./body-excerpt.ts";
import type { CheckResult } from "./check-result.ts";
import { checkDns } from "./dns.ts";
import { heartbeatOf } from "./heartbeat.ts";
import { tooLargeToJudge, tooLargeToShow } from "./http/body-limit.ts";
import { exchange, type Exchange, type ExchangeOptions } from "./http/exchange.ts";
import { httpTypes, readHttpMonitor, type HttpType } from "./http/http-monitor.ts";
import { judgeResponse } from "./http/judge-response.ts";
import { statusLine } from "./http/response.ts";
import { monitorRow, textIn } from "./monitor-row.ts";
import { checkPort, portSkipReason } from "./port.ts";
import type { ProbeResult, Probed, Skipped } from "./probe-result.ts";
import { withoutApparentSecrets, withoutApparentSecretsIn } from "../secrets/apparent-secrets.ts";
import { secretsOf } from "../secrets/object-secrets.ts";
import { createRedactor, type Redactor } from "../secrets/redactor.ts";
import { shownForSecret } from "../secrets/secret.ts";

/** A monitor as the planner has it, for example a `DesiredEntity`. */
export type MonitorToProbe = Pick<DesiredEntity, "spec" | "sensitive">;

export interface ProbeOptions {
  /** The Uptime Kuma version whose rules apply, such as `2.5.3`. */
  readonly server: string;
  /** Judges json-query monitors. */
  readonly lab: QueryLab;
  /** Values that must not be shown, besides those at the monitor's sensitive places. */
  readonly secrets?: readonly string[];
  /** Replaces the system's name resolution for http and port monitors. */
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

/** Takes at most the monitor's own timeout. Rejects only with the reason of `signal`. */
export async function probe(monitor: MonitorToProbe, options: ProbeOptions): Promise<ProbeResult> {
  const release = kumaRelease(options.server) ?? newestTested;
  const row = monitorRow(monitor.spec, release);
  if (row === undefined) return skipped("monitors of this type are not known here");
  const type = textIn(row, "type") ?? "";
  const reason = skipReason(type, row);
  if (reason !== undefined) return skipped(reason);
  const result = await check(type, row, { ...options, version: options.server, release });
  // The verdict depends on the text, which was not read to its end.
  if (type !== "http" && result.isPassed && result.response?.isTooLarge === true) return skipped(tooLargeToJudge);
  const isComputed = isComputedFromSecret((pointer) => isWithin(pointer, monitor.sensitive));
  const redactor = createRedactor();
  redactor.add([...secretsOf(monitor.spec, monitor.sensitive), ...(options.secrets ?? [])]);
  const shown = report(result, row, redactor);
  return isComputed ? withoutComputed(shown) : shown;
}

/**
 * The complete answer that an http, keyword or json-query monitor gets: a sample for experiments, which must not be
 * shown. Undefined for other monitors and for those that cannot be probed.
 */
export async function fetchAnswer(
  monitor: Pick<MonitorToProbe, "spec">,
  options: Pick<ProbeOptions, "server" | "lookup" | "signal">,
): Promise<Exchange | undefined> {
  const release = kumaRelease(options.server) ?? newestTested;
  const row = monitorRow(monitor.spec, release) ?? {};
  const type = textIn(row, "type") ?? "";
  if (!isHttpType(type) || skipReason(type, row) !== undefined) return undefined;
  return exchange(readHttpMonitor(row, release), { ...options, version: options.server, release });
}

const notFromHere: Readonly<Record<string, string>> = {
  group: "a group asks nothing itself",
  push: "a push monitor waits to be called",
  ping: "ICMP needs rights that this program does not ask for",
};

function skipReason(type: string, row: JsonObject): string | undefined {
  if (isHttpType(type)) return row["authMethod"] === "ntlm" ? "NTLM authentication is not probed" : undefined;
  if (type === "port") return portSkipReason(row);
  return type === "dns" ? undefined : (notFromHere[type] ?? `${type} monitors are not probed`);
}

function skipped(reason: string): Skipped {
  return { status: "skipped", reason };
}

function isHttpType(type: string): type is HttpType {
  return httpTypes.some((known) => known === type);
}

type CheckOptions = ExchangeOptions & Pick<ProbeOptions, "lab">;

async function check(type: string, row: JsonObject, options: CheckOptions): Promise<CheckResult> {
  if (isHttpType(type)) return checkHttp(type, row, options);
  return type === "port" ? checkPort(row, options) : checkDns(row, options);
}

async function checkHttp(type: HttpType, row: JsonObject, options: CheckOptions): Promise<CheckResult> {
  const answer = await exchange(readHttpMonitor(row, options.release), options);
  if (answer.type === "failed") return { ...answer, isPassed: false };
  const { response, ms } = answer;
  const { version, lab } = options;
  if (response.isTooLarge === true)
    return { response, ms, isPassed: true, message: statusLine(response), hiddenCause: tooLargeToShow };
  return { response, ms, ...(await judgeResponse(response, { type, row, version, lab })) };
}

function report(result: CheckResult, row: JsonObject, redactor: Redactor): Probed {
  const { isPassed, ms, response, query, hiddenCause } = result;
  const heartbeat = heartbeatOf(result, row);
  return {
    ...heartbeat,
    message: withoutApparentSecrets(redactor.text(heartbeat.message)),
    isPassed,
    ms,
    ...(response !== undefined && {
      httpStatus: response.status,
      ...(response.isTooLarge === true ? {} : { body: bodyExcerpt(response, redactor) }),
    }),
    ...(query !== undefined && { query: withoutSecrets(query, redactor) }),
    notes: hiddenCause === undefined ? [] : [withoutApparentSecrets(redactor.text(hiddenCause))],
  };
}

/** A query that holds a secret may have changed its spelling. */
function withoutComputed(probed: Probed): Probed {
  const { query } = probed;
  if (query === undefined) return probed;
  const hidden = { ...query, message: shownForSecret };
  return {
    ...probed,
    message: shownForSecret,
    query: "value" in hidden && hidden.value !== undefined ? { ...hidden, value: shownForSecret } : hidden,
    notes: [],
  };
}

/** The message and value quote the response; status, cause and type are kuma-sync's own words. */
function withoutSecrets(query: Judgement, redactor: Redactor): Judgement {
  const message = withoutApparentSecrets(redactor.text(query.message));
  if (query.status === "killed" || query.value === undefined) return { ...query, message };
  return { ...query, message, value: withoutApparentSecretsIn(redactor.data(query.value, "text")) };
}
