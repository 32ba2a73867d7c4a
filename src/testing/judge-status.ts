/**
 * Judges what the server checks before the body: redirects of an HTTP monitor, and the status codes that it accepts
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
import { STATUS_CODES } from "node:http";
import type { TestedResponse } from "../config/sections/monitor-tests.ts";
import type { JsonObject } from "../model/json.ts";
import { isAcceptedStatus } from "../probe/http/accepted-status.ts";
import type { ResponseBody, Verdict } from "../query/check.ts";

/** With a verdict, the body is not judged. */
export type JudgedStatus =
  | { readonly verdict: Verdict; readonly response?: undefined }
  | { readonly verdict?: undefined; readonly response: ResponseBody };

/** `spec` is canonical. The body of a redirect that is not followed is unknown and counts as empty. */
export function judgeStatus(answer: TestedResponse, spec: JsonObject): JudgedStatus {
  const { contentType } = answer;
  const stays = isRedirected(answer, spec) && spec["maxRedirects"] === 0;
  const status = stays ? redirectStatus(spec) : answer.status;
  const body = stays || isWithoutBody(status, spec) ? "" : answer.body;
  const common = contentType === undefined ? { body } : { body, contentType };
  if (status === undefined) return spec["type"] === "http" ? { verdict: up("200 - OK") } : { response: common };
  const statusLine = `${status} - ${STATUS_CODES[status] ?? ""}`;
  if (!accepts(spec, status)) {
    return { verdict: { status: "down", message: `Request failed with status code ${status}`, cause: "error" } };
  }
  return spec["type"] === "http" ? { verdict: up(statusLine) } : { response: { ...common, statusLine } };
}

/** What HTTP sends no body with, whatever is written (RFC 9110, sections 9.3.2 and 15.3.5). */
function isWithoutBody(status: number | undefined, { method }: JsonObject): boolean {
  return method === "HEAD" || status === 204 || status === 304;
}

function up(message: string): Verdict {
  return { status: "up", message, cause: "match" };
}

/** Whether the response came from another address than the requested one. */
export function isRedirected({ url }: Pick<TestedResponse, "url">, spec: JsonObject): boolean {
  if (url === undefined) return false;
  const asked = typeof spec["url"] === "string" ? spec["url"] : "";
  if (!URL.canParse(asked)) return true;
  return !URL.canParse(url, asked) || withoutHash(new URL(url, asked)) !== withoutHash(new URL(asked));
}

function withoutHash(url: URL): string {
  return url.href.replace(/#.*$/u, "");
}

/** The first redirect status that the monitor accepts, or the usual one. `spec` is canonical. */
export function redirectStatus(spec: JsonObject): number {
  return redirectStatuses.find((status) => accepts(spec, status)) ?? 302;
}

const redirectStatuses: readonly number[] = [302, 301, 303, 307, 308];

export function accepts({ acceptedStatusCodes: codes }: JsonObject, status: number): boolean {
  return !Array.isArray(codes) || isAcceptedStatus(status, codes.map(String));
}
