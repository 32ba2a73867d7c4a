/**
 * Sends one request through axios, in the version that Uptime Kuma 2.4 to 2.5.3 uses, so that redirects, decompression,
 * timeouts and messages of failures are the same.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Agents } from "./agents.ts";
import { bodyLimit } from "./body-limit.ts";
import type { HttpRequest } from "./build-request.ts";
import type { HttpResponse } from "./response.ts";

export interface SendOptions {
  readonly agents: Agents;
  readonly isAccepted: (status: number) => boolean;
  readonly signal?: AbortSignal;
}

/** The request failed, or its status is not accepted. */
export class RequestFailure extends Error {
  override readonly name = "RequestFailure";
  /** The response, if its status is not accepted. */
  readonly response: HttpResponse | undefined;
  /** Whether the time for the whole response was exceeded. */
  readonly isAborted: boolean;

  constructor(cause: Error, response: HttpResponse | undefined) {
    super(cause.message, { cause });
    this.response = response;
    this.isAborted = cause.name === "CanceledError";
  }
}

/** Throws RequestFailure, or the signal's reason if the caller's signal was aborted. */
export async function send(request: HttpRequest, { agents, isAccepted, signal }: SendOptions): Promise<HttpResponse> {
  const { default: axios } = await import("axios");
  const limit = AbortSignal.timeout(request.abortAfter);
  const last = lastResponse(agents);
  try {
    const response = await axios.default.request<string>({
      url: request.url,
      method: request.method,
      headers: { ...request.headers },
      ...(request.data === undefined ? {} : { data: request.data }),
      ...(request.params === undefined ? {} : { params: request.params }),
      timeout: request.timeout,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      maxRedirects: request.maxRedirects,
      maxContentLength: bodyLimit,
      validateStatus: isAccepted,
      // Keeps the text as it came; the verdict parses it.
      transformResponse: (text: string) => text,
      httpAgent: agents.httpAgent,
      httpsAgent: agents.httpsAgent,
      // The proxies of this machine's environment do not apply to the server.
      proxy: false,
    });
    return toResponse(response);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Error)) throw error;
    if (isTooLarge(error)) return withoutBody(last.head(), isAccepted);
    const { response } = error as { readonly response?: AnswerOfAxios };
    throw new RequestFailure(error, response === undefined ? undefined : toResponse(response));
  } finally {
    last.forget();
  }
}

function isTooLarge({ message }: Error): boolean {
  return message === `maxContentLength size of ${bodyLimit} exceeded`;
}

/**
 * What the server would conclude, which reads the whole body: a status that is not accepted decides, whatever the body
 * is.
 */
function withoutBody(head: Omit<HttpResponse, "body">, isAccepted: SendOptions["isAccepted"]): HttpResponse {
  const response = { ...head, body: "", isTooLarge: true } as const;
  if (isAccepted(head.status)) return response;
  throw new RequestFailure(new Error(`Request failed with status code ${head.status}`), response);
}

interface LastResponse {
  head(): Omit<HttpResponse, "body">;
  forget(): void;
}

/**
 * Gets the head of the last response from the agents, because axios does not return it with the error for a body that
 * is too large.
 */
function lastResponse({ httpAgent, httpsAgent }: Agents): LastResponse {
  let last: IncomingMessage | undefined;
  const channel = "http.client.response.finish";
  const hear = (message: unknown): void => {
    const { request, response } = message as { readonly request: ClientRequest; readonly response: IncomingMessage };
    const { agent } = request as ClientRequest & { readonly agent?: unknown };
    if (agent === httpAgent || agent === httpsAgent) last = response;
  };
  subscribe(channel, hear);
  return {
    head: () => ({
      status: last?.statusCode ?? 0,
      statusText: last?.statusMessage ?? "",
      contentType: last?.headers["content-type"],
    }),
    forget: () => void unsubscribe(channel, hear),
  };
}

interface AnswerOfAxios {
  readonly status: number;
  readonly statusText: string;
  readonly data: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function toResponse({ status, statusText, data, headers }: AnswerOfAxios): HttpResponse {
  const contentType = headers["content-type"];
  return { status, statusText, body: data, contentType: typeof contentType === "string" ? contentType : undefined };
}
