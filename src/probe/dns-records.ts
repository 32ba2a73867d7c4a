import type { CaaRecord, MxRecord, SoaRecord, SrvRecord } from "node:dns";
import { isAtLeast, type Release } from "../model/release.ts";

/** The answer of Node's resolver, by record type. */
export type DnsRecords =
  | { readonly type: "A" | "AAAA" | "PTR" | "NS" | "CNAME"; readonly answer: readonly string[] }
  | { readonly type: "TXT"; readonly answer: readonly (readonly string[])[] }
  | { readonly type: "CAA"; readonly answer: readonly CaaRecord[] }
  | { readonly type: "MX"; readonly answer: readonly MxRecord[] }
  | { readonly type: "SRV"; readonly answer: readonly SrvRecord[] }
  | { readonly type: "SOA"; readonly answer: SoaRecord };

/** The message of a heartbeat that is up. */
export function recordsText({ type, answer }: DnsRecords, release: Release): string {
  switch (type) {
    case "A":
    case "AAAA":
    case "PTR":
      return `Records: ${answer.join(" | ")}`;
    case "TXT":
      // The pieces of one record are joined with commas, as JavaScript converts a list to text.
      return `Records: ${answer.map(String).join(" | ")}`;
    case "NS":
      return `Servers: ${answer.join(" | ")}`;
    case "CNAME":
      return String(answer[0]);
    case "CAA":
      // Before 2.1 the server shows only the first record, even if it names no issuer.
      if (!isAtLeast(release, [2, 1, 0])) return String(answer[0]?.issue);
      return `Records: ${answer.flatMap(({ issue }) => issue ?? []).join(" | ")}`;
    case "MX":
      return joined(
        answer.map(({ exchange, priority }) => `Hostname: ${exchange} - Priority: ${priority}`),
        release,
      );
    case "SRV":
      return joined(
        answer.map(
          ({ name, port, priority, weight }) =>
            `Name: ${name} | Port: ${port} | Priority: ${priority} | Weight: ${weight}`,
        ),
        release,
      );
    case "SOA": {
      const { nsname, hostmaster, serial, refresh, retry, expire, minttl } = answer;
      const times = `Refresh: ${refresh} | Retry: ${retry} | Expire: ${expire} | MinTTL: ${minttl}`;
      return `NS-Name: ${nsname} | Hostmaster: ${hostmaster} | Serial: ${serial} | ${times}`;
    }
    default:
      return type satisfies never;
  }
}

/** The texts that conditions compare, one for each record. A CAA record without an issuer has none. */
export function recordValues({ type, answer }: DnsRecords): readonly string[] {
  switch (type) {
    case "A":
    case "AAAA":
    case "PTR":
    case "NS":
      return answer;
    case "CNAME":
      return answer.slice(0, 1);
    case "TXT":
      return answer.flat();
    case "CAA":
      return answer.flatMap(({ issue }) => issue ?? []);
    case "MX":
      return answer.map(({ exchange }) => exchange);
    case "SRV":
      return answer.map(({ name }) => name);
    case "SOA":
      return [answer.nsname];
    default:
      return type satisfies never;
  }
}

/** 1.23 leaves a space at the end. */
function joined(records: readonly string[], release: Release): string {
  return records.join(" | ") + (isAtLeast(release, [2, 0, 0]) ? "" : " ");
}
