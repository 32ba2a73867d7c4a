/**
 * Sends one request through axios, the version that Uptime Kuma 2.4 to 2.5.3 locks, so that redirects, decompression,
 * time-outs and the words of failures are the server's.
 */
import type { Agents } from "./agents.ts";
import type { HttpRequest } from "./build-request.ts";
import type { HttpResponse } from "./response.ts";

export interface SendOptions {
  readonly agents: Agents;
  readonly isAccepted: (status: number) => boolean;
  readonly signal?: AbortSignal;
}

/** The request failed, or its status was not accepted. */
export class RequestFailure extends Error {
  override readonly name = "RequestFailure";
  /** Of a response whose status was not accepted. */
  readonly response: HttpResponse | undefined;
  /** Whether the time for the whole response was up. */
  readonly isAborted: boolean;

  constructor(cause: Error, response: HttpResponse | undefined) {
    super(cause.message, { cause });
    this.response = response;
    this.isAborted = cause.name === "CanceledError";
  }
}

/** Throws RequestFailure; when the caller's signal ended it, the signal's reason. */
export async function send(request: HttpRequest, { agents, isAccepted, signal }: SendOptions): Promise<HttpResponse> {
  const { default: axios } = await import("axios");
  const limit = AbortSignal.timeout(request.abortAfter);
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
      validateStatus: isAccepted,
      // The text as it came; what axios would make of it is the business of the verdict.
      transformResponse: (text: string) => text,
      httpAgent: agents.httpAgent,
      httpsAgent: agents.httpsAgent,
      // The server's proxies are its own. Those of this machine's environment say nothing about its way to the target.
      proxy: false,
    });
    return toResponse(response);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Error)) throw error;
    const { response } = error as { readonly response?: AnswerOfAxios };
    throw new RequestFailure(error, response === undefined ? undefined : toResponse(response));
  }
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
