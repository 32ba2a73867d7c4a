/** From a monitor to its copy: everything that decides a verdict stays, everything about the way to the service goes. */
import type { Json, JsonObject } from "../model/json.ts";

/** Seconds: the least that every supported server takes (docs/upstream/uptime-kuma.md#limits). */
const copyInterval = 20;
/** Seconds: as in the form, 80 % of the interval. */
const longestTimeout = 16;

export interface CopyPlace {
  /** `http://HOST:PORT/SECRET` of the listener, without a slash at the end. */
  readonly base: string;
  /** The part of `base` that nobody can guess. */
  readonly secret: string;
  readonly host: string;
  /** The same as an IP address, where it is known: 1.23 takes no name for a resolver. */
  readonly address: string;
  readonly port: number;
}

export interface CopyContent {
  readonly name: string;
  /** With the mark of the drill. */
  readonly description: string;
  /** Ids on the server. */
  readonly notifications: readonly number[];
  readonly place: CopyPlace;
}

/**
 * `spec` is canonical, as the result. Retries, the group, tags, the proxy and what watches certificates and domains are
 * left out: they delay or add alarms, or reach other hosts.
 */
export function copySpec(spec: JsonObject, { name, description, notifications, place }: CopyContent): JsonObject {
  const changed: JsonObject = {
    name,
    description,
    active: true,
    parent: null,
    interval: copyInterval,
    retryInterval: copyInterval,
    maxRetries: 0,
    resendInterval: 0,
    notifications: notifications.map((id) => ({ id })),
    tags: [],
    proxy: null,
    ipFamily: null,
    expiryNotification: false,
    domainExpiryNotification: false,
    timeout: Math.min(typeof spec["timeout"] === "number" ? spec["timeout"] : longestTimeout, longestTimeout),
    ...addressOf(spec, place),
  };
  return { ...spec, ...Object.fromEntries(Object.entries(changed).filter(([field]) => Object.hasOwn(spec, field))) };
}

function addressOf(spec: JsonObject, { base, secret, host, address, port }: CopyPlace): JsonObject {
  if (spec["type"] === "dns") return { hostname: `${secret}.drill.invalid`, dnsResolveServer: address, port };
  if (spec["type"] === "port") return { hostname: host, port };
  return { url: base + pathOf(spec["url"] ?? null), oauthTokenUrl: `${base}/token` };
}

/** Path and query of the address; its login and fragment stay behind. */
function pathOf(url: Json): string {
  if (typeof url !== "string" || !URL.canParse(url)) return "/";
  const { pathname, search } = new URL(url);
  return pathname + search;
}
