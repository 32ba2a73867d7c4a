import type { IncomingHttpHeaders } from "node:http";
import type { Json } from "../../../../src/model/json.ts";
import type { User } from "./state.ts";

/** Text is sent as HTML unless a content type is given. */
export type Reply = readonly [
  status: number,
  body: Json,
  contentType?: string,
  headers?: Readonly<Record<string, string>> | undefined,
];

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when there is none, or it is no JSON. */
  readonly body: Json | undefined;
}

/** A request of a user who was let in. */
export interface UserRequest extends Request {
  readonly user: User;
  /** Let in by a key, not by a session. */
  readonly isKey: boolean;
}

export const detail = (status: number, text: string, headers?: Readonly<Record<string, string>>): Reply => [
  status,
  { detail: text },
  "application/json",
  headers,
];

/** What a failure that nobody caught looks like. */
export const crashed: Reply = [500, "Internal Server Error", "text/plain; charset=utf-8"];

/** The words of the releases, which are what tells the cases apart. */
export const prohibited =
  "You do not have permission to access this resource. Please contact your administrator for assistance.";
export const keysNotEnabled = "Use of API key is not enabled in the environment.";
export const notFound = "We could not find what you're looking for :/";

export const page =
  '<!doctype html>\n<html lang="en"><head><title>Open WebUI (stand-in)</title></head><body></body></html>\n';
