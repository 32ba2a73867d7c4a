/**
 * Proxies. They have no name; they are known by their address, with the user in it where there is one, because hosted
 * gateways tell their customers and countries apart by the user alone.
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
  // The form keeps a login that was switched off; the server does not use it.
  fromServer: (item) => (toBoolean(item["auth"]) ? item : { ...item, username: null, password: null }),
  toServer: (payload) => {
    const hasLogin = payload["username"] !== null || payload["password"] !== null;
    return {
      ...payload,
      // A null would become the user "null" (uptime-kuma server/proxy.js, createAgents).
      ...(hasLogin ? { username: payload["username"] ?? "", password: payload["password"] ?? "" } : {}),
      auth: hasLogin,
      // The server stores true whatever is sent, so there is no field for it.
      active: true,
      // It would give every monitor of the server this proxy, at once.
      applyExisting: false,
    };
  },
  variant,
});

export const proxy: Kind = { ...listed, remove };

/** As in a URL, but as it was typed: `http://monitoring@proxy.example.com:3128`. */
function addressOf({ protocol, host, port, username }: JsonObject): string {
  const user = toText(username) ?? "";
  return `${toText(protocol) ?? ""}://${user === "" ? "" : `${user}@`}${toText(host) ?? ""}:${toText(port) ?? ""}`;
}

/**
 * A delete makes the server forget, for every running monitor, which proxy it uses: they would ask directly, and say
 * "up" of what cannot be reached, until they are restarted (docs/upstream/uptime-kuma.md#proxies; seen on 1.23.17 and
 * 2.5.3). So those that have another proxy are restarted, whoever made them. It costs each one check; when the
 * connection is lost in between, the remaining ones stay without their proxy until they are edited or the server
 * restarts.
 */
async function remove(context: Parameters<Kind["remove"]>[0], observed: ObservedEntity): Promise<void> {
  const { client } = context;
  await listed.remove(context, observed);
  for (const id of await runningBehindProxies(client, observed.id)) {
    try {
      await client.write("resumeMonitor", id);
    } catch (error) {
      // Deleted by someone else in the meantime.
      if (!(error instanceof KumaError) || error.code !== "rejected") throw error;
    }
  }
}

/**
 * Ids of the monitors that run with another proxy than the removed one. Of a monitor below a paused group the list does
 * not tell whether it runs, and a resume would switch on one that was paused itself: those are left as they are.
 */
async function runningBehindProxies(client: KumaClient, removed: KumaId): Promise<KumaId[]> {
  const list = await client.list("monitorList");
  return Object.values(list ?? {})
    .filter(isJsonObject)
    .filter(({ active, proxyId }) => toBoolean(active) && ![null, removed].includes(toNumber(proxyId)))
    .flatMap(({ id }) => toNumber(id) ?? []);
}
