/** One DNS query, as the server sends it (uptime-kuma server/monitor-types/dns.js; 1.23 monitor.js). */
import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { listOf } from "../kinds/codecs/list-of.ts";
import type { JsonObject } from "../model/json.ts";
import { isAtLeast, type Release } from "../model/release.ts";
import { messageOf, type CheckResult } from "./check-result.ts";
import { meetsConditions } from "./conditions.ts";
import { recordValues, recordsText, type DnsRecords } from "./dns-records.ts";
import { numberIn, textIn } from "./monitor-row.ts";

export interface DnsOptions {
  readonly release: Release;
  readonly signal?: AbortSignal;
}

/** Rejects only when `signal` is aborted, with its reason. */
export async function checkDns(row: JsonObject, { release, signal }: DnsOptions): Promise<CheckResult> {
  const start = performance.now();
  const resolver = new Resolver();
  const cancel = (): void => resolver.cancel();
  signal?.addEventListener("abort", cancel);
  try {
    const type = textIn(row, "dns_resolve_type") ?? "A";
    const servers = await addressesOf(textIn(row, "dns_resolve_server") ?? "", release);
    resolver.setServers(servers.map((server) => `[${server}]:${numberIn(row, "port")}`));
    const hostname = textIn(row, "hostname") ?? "";
    const answer = await (type === "PTR" ? resolver.reverse(hostname) : resolver.resolve(hostname, type));
    const records = { type, answer } as DnsRecords;
    const message = recordsText(records, release);
    const ms = performance.now() - start;
    // An empty answer has no record that could meet the conditions, so it fails even without conditions. 1.23 has no
    // conditions.
    const isEmpty = Array.isArray(answer) && answer.length === 0;
    const { conditions } = row;
    const isMet =
      listOf(conditions).length === 0 || recordValues(records).some((value) => meetsConditions(conditions, value));
    return { isPassed: !isAtLeast(release, [2, 0, 0]) || (!isEmpty && isMet), message, ms };
  } catch (error) {
    signal?.throwIfAborted();
    return { isPassed: false, message: messageOf(error), ms: performance.now() - start };
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** From 2.1 on, host names and comma-separated lists are accepted too. */
async function addressesOf(written: string, release: Release): Promise<readonly string[]> {
  if (!isAtLeast(release, [2, 1, 0])) return [written.replace("[", "").replace("]", "")];
  const entries = written
    .replaceAll(/\s/g, "")
    .split(",")
    .filter((entry) => entry !== "");
  if (entries.length === 0) {
    throw new Error(
      "No Resolver Servers specified. Please specify at least one resolver server like 1.1.1.1 or a hostname",
    );
  }
  const addresses = (await Promise.all(entries.map(resolveServer))).flat();
  if (addresses.length > 0) return addresses;
  throw new Error(
    "None of the configured resolver servers could be resolved to an IP address. " +
      "Please provide a comma-separated list of valid resolver hostnames or IP addresses.",
  );
}

async function resolveServer(entry: string): Promise<readonly string[]> {
  if (isIP(entry) !== 0) return [entry];
  const resolver = new Resolver();
  const answers = await Promise.allSettled([resolver.resolve4(entry), resolver.resolve6(entry)]);
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
}
