/**
 * Proxies. They have no name and are identified by their address, including the user, because hosted gateways
 * distinguish customers and countries only by the user.
 */
import type { KumaId, ObservedEntity } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { toBoolean, toNumber } from "./codecs/number.ts";
import { toText } from "./codecs/text.ts";
import { defineListedKind } from "./define-listed-kind.ts";
import { booleanField, textField, wholeNumberField, wordField } from "./field-shapes.ts";
import type { Kind, Variant } from "./kind.ts";
import { specFromWritten } from "./spec.ts";

const variant: Variant = {
  type: undefined,
  summary: "A proxy for the requests of http, keyword and json-query monitors.",
  isOpen: false,
  fields: {
    protocol: wordField({ title: "Protocol", description: "How the proxy is spoken to.", default: "https" }, [
      "http",
      "https",
      "socks",
      "socks5",
      "socks5h",
      "socks4",
    ]),
    host: textField(
      {
        title: "Host",
        description: "The name or IP address of the proxy, without a scheme or a port.",
        examples: ["proxy.example.com"],
      },
      { pattern: String.raw`^[^\s/@]+$` },
    ),
    port: wholeNumberField(
      { title: "Port", description: "The port of the proxy.", examples: [3128] },
      { minimum: 1, maximum: 65_535 },
    ),
    username: textField({
      title: "User name",
      description: "For a proxy that asks for a login. Shown as part of the proxy's name.",
      examples: ["monitoring"],
    }),
    password: textField({
      title: "Password",
      description: "For a proxy that asks for a login.",
      examples: ["${env:PROXY_PASSWORD}"],
      isSensitive: true,
    }),
    default: booleanField({
      title: "Default",
      description:
        "Ticked in the form for new monitors; one proxy at a time, so this unticks any other. Monitors of this configuration name their proxy themselves.",
      default: false,
      isExclusive: true,
    }),
  },
  required: ["host", "port"],
  example: {
    protocol: "http",
    host: "proxy.example.com",
    port: 3128,
    username: "monitoring",
    password: "${env:PROXY_PASSWORD}",
  },
  nameOf: (written) => addressOf(specFromWritten(variant, written)),
};

const listed = defineListedKind({
  name: "proxy",
  section: "proxies",
  list: "proxyList",
  save: "addProxy",
  remove: "deleteProxy",
  nameOf: addressOf,
  // The form keeps a login that was switched off, and the server ignores it.
  fromServer: (item) => (toBoolean(item["auth"]) ? item : { ...item, username: null, password: null }),
  toServer: (payload) => {
    const hasLogin = payload["username"] !== null || payload["password"] !== null;
    return {
      ...payload,
      // Null would become the user "null" (uptime-kuma server/proxy.js, createAgents).
      ...(hasLogin ? { username: payload["username"] ?? "", password: payload["password"] ?? "" } : {}),
      auth: hasLogin,
      // The server stores true whatever is sent, so there is no field for it.
      active: true,
      // This flag would set the proxy on every monitor of the server at once.
      applyExisting: false,
    };
  },
  variant,
});

export const proxy: Kind = { ...listed, remove };

/** In the form of a URL, but not encoded: `http://monitoring@proxy.example.com:3128`. */
function addressOf({ protocol, host, port, username }: JsonObject): string {
  const user = toText(username) ?? "";
  return `${toText(protocol) ?? ""}://${user === "" ? "" : `${user}@`}${toText(host) ?? ""}:${toText(port) ?? ""}`;
}

/**
 * After a delete, the server forgets which proxy each running monitor uses. Until they are restarted, these monitors
 * connect directly and may be up for a target that cannot be reached through the proxy
 * (docs/upstream/uptime-kuma.md#proxies; seen on 1.23.17 and 2.5.3). So monitors with another proxy are restarted,
 * whoever made them. That costs one check each. If the connection is lost in between, the remaining ones stay without
 * their proxy until they are edited or the server restarts.
 */
async function remove(context: Parameters<Kind["remove"]>[0], observed: ObservedEntity): Promise<void> {
  const { client } = context;
  await listed.remove(context, observed);
  for (const id of await runningBehindProxies(client, observed.id)) {
    try {
      await client.write("resumeMonitor", id);
    } catch (error) {
      // Somebody else deleted it in the meantime.
      if (!(error instanceof KumaError) || error.code !== "rejected") throw error;
    }
  }
}

/**
 * Ids of the running monitors with another proxy than the removed one. The list does not show whether a monitor below a
 * paused group runs, and a resume would start one that was paused itself, so those are left alone.
 */
async function runningBehindProxies(client: KumaClient, removed: KumaId): Promise<KumaId[]> {
  const list = await client.list("monitorList");
  return Object.values(list ?? {})
    .filter(isJsonObject)
    .filter(({ active, proxyId }) => toBoolean(active) && ![null, removed].includes(toNumber(proxyId)))
    .flatMap(({ id }) => toNumber(id) ?? []);
}
