/**
 * Sends one request of a monitor and returns the response or the failure
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
import type { LookupFunction } from "node:net";
import { causeBehind, messageOf } from "../check-result.ts";
import { isAcceptedStatus } from "./accepted-status.ts";
import { openAgents, type Agents } from "./agents.ts";
import { buildRequest, type HttpRequest } from "./build-request.ts";
import type { HttpMonitor, OauthClient } from "./http-monitor.ts";
import { requestToken } from "./request-token.ts";
import type { HttpResponse } from "./response.ts";
import { RequestFailure, send } from "./send.ts";
import { isAtLeast, type Release } from "../../model/release.ts";

export type Exchange = Answered | Failed;

/** A response with an accepted status; the type of the monitor decides about the rest. */
interface Answered {
  readonly type: "answered";
  readonly response: HttpResponse;
  /** Milliseconds. */
  readonly ms: number;
}

interface Failed {
  readonly type: "failed";
  /** In the server's words. */
  readonly message: string;
  readonly ms: number;
  /** What went wrong, if the message does not say it. */
  readonly hiddenCause?: string;
  /** A response whose status is not accepted. */
  readonly response?: HttpResponse;
}

export interface ExchangeOptions {
  readonly version: string;
  readonly release: Release;
  /** Replaces the system's name resolution. */
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

/** Rejects only when `signal` is aborted, with its reason. */
export async function exchange(monitor: HttpMonitor, options: ExchangeOptions): Promise<Exchange> {
  // Loaded before the clock starts, or the first check of a run would seem slow.
  const [agents] = await Promise.all([openAgents(monitor, options), import("axios")]);
  const start = performance.now();
  try {
    const response = await request(monitor, { ...options, agents });
    return { type: "answered", response, ms: performance.now() - start };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { type: "failed", ms: performance.now() - start, ...failureOf(error, monitor, options.release) };
  } finally {
    agents.destroy();
  }
}

interface RequestOptions extends ExchangeOptions {
  readonly agents: Agents;
}

async function request(monitor: HttpMonitor, options: RequestOptions): Promise<HttpResponse> {
  const { auth } = monitor;
  if (auth.type !== "oauth2-cc") return await trySend(monitor, buildRequest(monitor, options), options);
  let token: string;
  try {
    token = await requestToken(auth.client, options);
  } catch (error) {
    throw new Error(`The oauth config is invalid. ${messageOf(error)}`, { cause: error });
  }
  return await sendWithToken(monitor, auth.client, buildRequest(monitor, options, token), options);
}

/**
 * If the first token is refused, 2.x fetches a new one and retries once. The new token replaces an Authorization header
 * of the user's.
 */
async function sendWithToken(
  monitor: HttpMonitor,
  client: OauthClient,
  first: HttpRequest,
  options: RequestOptions,
): Promise<HttpResponse> {
  try {
    return await trySend(monitor, first, options);
  } catch (error) {
    const isRefused = error instanceof RequestFailure && error.response?.status === 401;
    if (!isRefused || !isAtLeast(options.release, [2, 0, 0])) throw error;
    const token = await requestToken(client, options);
    return await trySend(monitor, { ...first, headers: { ...first.headers, Authorization: token } }, options);
  }
}

function trySend(monitor: HttpMonitor, built: HttpRequest, options: RequestOptions): Promise<HttpResponse> {
  return send(built, { ...options, isAccepted: (status) => isAcceptedStatus(status, monitor.acceptedStatusCodes) });
}

function failureOf(error: unknown, { auth, timeout }: HttpMonitor, release: Release): Omit<Failed, "type" | "ms"> {
  const hidden = causeBehind(error);
  if (!(error instanceof RequestFailure)) {
    return { message: messageOf(error), ...(hidden !== undefined && { hiddenCause: hidden }) };
  }
  const { response } = error;
  const message = error.isAborted ? `timeout by AbortSignal (${timeout}s)` : error.message;
  if (auth.type === "oauth2-cc" && response === undefined && isAtLeast(release, [2, 0, 0])) {
    // To recognise a refused token, 2.x reads the status of a missing response, and shows the error that this causes.
    return {
      message: "Cannot read properties of undefined (reading 'status')",
      hiddenCause: hidden ?? message,
    };
  }
  return {
    message,
    ...(hidden !== undefined && { hiddenCause: hidden }),
    ...(response !== undefined && { response }),
  };
}
