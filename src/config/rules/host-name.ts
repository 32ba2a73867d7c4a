import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, type EntityFinding } from "../entity-finding.ts";
import { templateIn } from "./template-in.ts";
import type { EntityRule } from "./rule.ts";

/**
 * A host name with something around it: every check resolves the whole text, which does not exist
 * (docs/upstream/uptime-kuma.md#host-names-and-urls).
 */
export const hostName: EntityRule = {
  name: "host-name",
  kind: "monitor",
  checkEach(entity) {
    const { variant, written } = entity;
    const { hostname } = written;
    if (typeof hostname !== "string" || isWithheld(entity, "/hostname") || templateIn(hostname) !== undefined)
      return [];
    const found = surplus(hostname, variant.type ?? "");
    return found === undefined ? [] : [finding(entity, hostname, found)];
  },
};

interface Surplus {
  readonly what: string;
  readonly range: readonly [start: number, end: number];
}

/** Types that resolve the text unchanged, including brackets. */
const bracketless: readonly string[] = ["port", "ntp", "steam", "sftp"];

function surplus(hostname: string, type: string): Surplus | undefined {
  const start = hostname.search(/\S/u);
  const text = hostname.trim();
  const at = (from: number, length: number): Surplus["range"] => [start + from, start + from + length];
  const scheme = /^[a-z][a-z\d+.-]*:\/\//iu.exec(text)?.[0] ?? "";
  // The scheme decides the transport of MQTT.
  const isTransport = type === "mqtt" && /^(?:http|mqtt|ws)s?:\/\/$/u.test(scheme);
  if (scheme !== "" && !isTransport) return { what: "scheme", range: at(0, scheme.length) };
  const rest = text.slice(scheme.length);
  const blank = /[\s,;]+/u.exec(rest);
  if (blank !== null) return { what: "blank or comma", range: at(scheme.length + blank.index, blank[0].length) };
  const user = scheme === "" ? /^[^@/\s]+@/u.exec(rest)?.[0] : undefined;
  if (user !== undefined) return { what: "user", range: at(0, user.length) };
  // From 2.0 on, ping takes the host from a URL. DNS monitors may ask for names such as 0/25.2.0.192.in-addr.arpa.
  if (type === "ping") return undefined;
  const path = type === "dns" && /\.arpa\.?$/iu.test(rest) ? null : /\/.*$/u.exec(rest);
  if (path !== null) return { what: "path", range: at(scheme.length + path.index, path[0].length) };
  const port = /^(?:[^:]+|\[.*\])(:\d+)$/u.exec(rest);
  if (port !== null) {
    const [, colon = ""] = port;
    return { what: "port", range: at(text.length - colon.length, colon.length) };
  }
  const isBracketed = bracketless.includes(type) && /^\[.*\]$/u.test(rest);
  return isBracketed ? { what: "brackets", range: at(0, rest.length) } : undefined;
}

function finding(entity: DeclaredEntity, hostname: string, { what, range }: Surplus): EntityFinding {
  const host = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^@/\s]*@)?(\[[^\]]*\]|[^\s/:,;]*)/iu.exec(hostname.trim())?.[1] ?? "";
  const bare = host.replace(/^\[(.*)\]$/u, "$1");
  const port = /:(\d{1,5})(?:\/|$)/u.exec(hostname.trim())?.[1];
  const hasPort = port !== undefined && entity.variant.fields["port"] !== undefined && what !== "brackets";
  const isShown = !isHidden(entity, "/hostname") && bare !== "" && what !== "blank or comma";
  return {
    code: "KS1423",
    severity: "error",
    message: `a host name has no ${what}: no such host is found, and the monitor is always down`,
    ...(isShown ? { hint: `write hostname: "${bare}"${hasPort ? ` and port: ${port}` : ""}` } : {}),
    pointer: "/hostname",
    range,
  };
}
