import type { IncomingHttpHeaders } from "node:http";
import type { Json } from "../../../../src/model/json.ts";
import type { User } from "./state.ts";

/** Text is sent as HTML unless a content type is given. */
export type Reply = readonly [status: number, body: Json, contentType?: string];

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
}

export const detail = (status: number, text: string): Reply => [status, { detail: text }];

/** The words of the releases, which are what tells the cases apart. */
export const prohibited =
  "You do not have permission to access this resource. Please contact your administrator for assistance.";
export const keysNotEnabled = "Use of API key is not enabled in the environment.";
export const notFound = "We could not find what you're looking for :/";

export const page =
  '<!doctype html>\n<html lang="en"><head><title>Open WebUI (stand-in)</title></head><body></body></html>\n';
