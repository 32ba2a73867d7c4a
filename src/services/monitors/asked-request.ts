/** What monitors written by hand ask by HTTP, taken apart once for the rules of a service. */
import { isJsonObject, parseJson, type Json, type JsonObject } from "../../model/json.ts";
import { baseUrl } from "../blocks/base-url.ts";
import type { ServiceInstance, WrittenMonitors } from "../service.ts";

export interface AskedRequest {
  readonly key: string;
  readonly written: JsonObject;
  readonly type: "http" | "keyword" | "json-query";
  /** The address without what follows `?` or `#`, and without trailing slashes. */
  readonly url: string;
  /** In lower case, without the port. */
  readonly host: string;
  readonly port: number | undefined;
  /** What follows the host: `/v1/models`. */
  readonly path: string;
  /** What follows `?`; empty if there is nothing. */
  readonly search: string;
  readonly method: string;
  /** Undefined if there is no body, or it is not a JSON object. */
  readonly body: JsonObject | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, Json>>;
  /** The query or the keyword; empty for `http`. */
  readonly expects: string;
}

export function askedRequests(monitors: WrittenMonitors): readonly AskedRequest[] {
  return Object.entries(monitors).flatMap(([key, written]) => {
    const { type, url, method, headers, jsonPath, keyword } = written;
    if (type !== "http" && type !== "keyword" && type !== "json-query") return [];
    const parts = typeof url === "string" ? /^https?:\/\/(?<rest>[^?#]*)(?:\?(?<search>[^#]*))?/isu.exec(url) : null;
    if (parts === null) return [];
    const { rest = "", search = "" } = parts.groups ?? {};
    const [, authority = "", path = ""] = /^([^/]*)(.*)$/su.exec(rest) ?? [];
    const [, host = "", port] = /^(?:.*@)?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/su.exec(authority) ?? [];
    const expected = type === "json-query" ? jsonPath : type === "keyword" ? keyword : "";
    return [
      {
        key,
        written,
        type,
        url: baseUrl((url as string).replace(/[?#].*$/su, "")),
        host: host.toLowerCase(),
        port: port === undefined ? undefined : Number(port),
        path: path.replace(/\/+$/u, ""),
        search,
        method: typeof method === "string" ? method.toUpperCase() : "GET",
        body: parsedObject(written["body"]),
        headers: lowerNames(parsedObject(headers) ?? {}),
        expects: typeof expected === "string" ? expected : "",
      },
    ];
  });
}

/** A request that asks one of the instances of a service. */
export interface ServiceRequestOf extends AskedRequest {
  readonly instance: ServiceInstance;
  /** Below the address of the instance. */
  readonly route: string;
}

/** The most exact instance counts: one may lie below the address of another. */
export function requestsTo(
  instances: readonly ServiceInstance[],
  requests: readonly AskedRequest[],
): readonly ServiceRequestOf[] {
  const known = instances
    .map((instance) => ({ ...instance, url: baseUrl(instance.url) }))
    .toSorted((left, right) => right.url.length - left.url.length);
  return requests.flatMap((request) => {
    const instance = known.find(({ url }) => request.url === url || request.url.startsWith(`${url}/`));
    return instance === undefined ? [] : [{ ...request, instance, route: request.url.slice(instance.url.length) }];
  });
}

/** Those of `blocks`, and the addresses in `found` that no block has. */
export function allInstances(blocks: readonly ServiceInstance[], found: readonly string[]): readonly ServiceInstance[] {
  const known = blocks.map((block) => ({ ...block, url: baseUrl(block.url) }));
  const others = [...new Set(found)].filter((url) => !known.some((block) => block.url === url));
  return [...known, ...others.map((url) => ({ url }))];
}

/** The address of the service, if the request ends in one of these paths. */
export function addressBefore({ url }: AskedRequest, paths: readonly string[]): string | undefined {
  const path = paths.find((end) => url.endsWith(end));
  return path === undefined ? undefined : url.slice(0, -path.length);
}

/** Scheme, host and port. */
export function hostAddress({ url }: AskedRequest): string {
  return /^https?:\/\/[^/]*/iu.exec(url)?.[0] ?? url;
}

/** Whether a response with this status can be up. */
export function acceptsStatus({ written }: AskedRequest, status: number): boolean {
  const { acceptedStatusCodes: accepted } = written;
  if (!Array.isArray(accepted)) return status >= 200 && status <= 299;
  return (accepted as readonly Json[]).some((range) => {
    const [, from = "", to = from] =
      /^(\d+)(?:-(\d+))?$/u.exec(typeof range === "number" ? String(range) : typeof range === "string" ? range : "") ??
      [];
    return Number(from) <= status && status <= Number(to) && from !== "";
  });
}

/** Headers and bodies may be written as the text of a JSON object. */
function parsedObject(written: Json | undefined): JsonObject | undefined {
  if (isJsonObject(written)) return written;
  if (typeof written !== "string") return undefined;
  const parsed = parseJson(written);
  return isJsonObject(parsed) ? parsed : undefined;
}

function lowerNames(headers: JsonObject): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
