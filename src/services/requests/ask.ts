/** Sends one request and classifies the answer by its meaning: a page with status 200 counts as no answer. */
import type { Json } from "../../model/json.ts";
import { baseUrl } from "../blocks/base-url.ts";
import type { ServicePort, ServiceReply, ServiceRequest } from "./port.ts";
import { basicCredentials } from "../../model/basic-credentials.ts";

export interface Question {
  readonly method?: ServiceRequest["method"];
  /** Path below the address of the instance. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export type ServiceAnswer =
  /** `code` is Node's error code, such as ECONNREFUSED, or the name of the error. */
  | { readonly type: "unreachable"; readonly code: string }
  /** To another address, whose host is `host`; for example to a login page. */
  | { readonly type: "redirect"; readonly status: number; readonly host: string }
  /** `title` is empty for a page without one. */
  | (Answered & { readonly type: "page"; readonly title: string })
  | (Answered & { readonly type: "json"; readonly json: Json })
  | (Answered & { readonly type: "text"; readonly text: string });

interface Answered {
  readonly status: number;
  /** Seconds to wait before asking again, if the server names them. */
  readonly retryAfter: number | undefined;
}

/** Never rejects. */
export async function ask(port: ServicePort, url: string, question: Question): Promise<ServiceAnswer> {
  const { path, headers = {}, body } = question;
  const method = question.method ?? (body === undefined ? "GET" : "POST");
  const { address, authorization } = splitAddress(url);
  try {
    const request = { method, url: `${address}${path}`, headers: { ...authorization, ...headers } };
    return toAnswer(await port({ ...request, ...(body === undefined ? {} : { body }) }), address);
  } catch (error) {
    return { type: "unreachable", code: errorCode(error) };
  }
}

/** The address without credentials; these go into a header, as browsers do it. */
export function splitAddress(url: string): {
  readonly address: string;
  readonly authorization: Readonly<Record<string, string>>;
} {
  const match = /^(https?:\/\/)([^/?#]*)@(.*)$/iu.exec(baseUrl(url));
  if (match === null) return { address: baseUrl(url), authorization: {} };
  const [, scheme = "", credentials = "", rest = ""] = match;
  const authorization = `Basic ${basicCredentials(decoded(credentials))}`;
  return { address: scheme + rest, authorization: { authorization } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function toAnswer(reply: ServiceReply, address: string): ServiceAnswer {
  const { status, contentType, location, body } = reply;
  if (status >= 300 && status < 400) return { type: "redirect", status, host: hostOf(location ?? "", address) };
  const answered = { status, retryAfter: secondsIn(reply.retryAfter) };
  if (contentType.includes("html")) return { type: "page", ...answered, title: titleOf(body) };
  try {
    return { type: "json", ...answered, json: JSON.parse(body) as Json };
  } catch {
    return { type: "text", ...answered, text: body };
  }
}

/** A date is left out: Open WebUI and the providers seen send seconds. */
function secondsIn(retryAfter: string | undefined): number | undefined {
  return retryAfter !== undefined && /^\d{1,6}$/u.test(retryAfter.trim()) ? Number(retryAfter) : undefined;
}

/** Empty if the page has none. */
export function titleOf(page: string): string {
  return (/<title[^>]*>([^<]{0,200})/iu.exec(page)?.[1] ?? "").replaceAll(/\s+/gu, " ").trim();
}

function hostOf(location: string, address: string): string {
  return URL.canParse(location, address) ? new URL(location, address).host : "";
}

function errorCode(error: unknown): string {
  const { code, cause, name } = (error ?? {}) as {
    readonly code?: unknown;
    readonly cause?: unknown;
    readonly name?: unknown;
  };
  if (typeof code === "string") return code;
  if (cause !== undefined) return errorCode(cause);
  return typeof name === "string" ? name : "unknown";
}
