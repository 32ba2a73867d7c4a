/** What the server shows to everybody over HTTP: its status pages, and the pictures on them. */
import { KumaError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { ServerAddress } from "./server-address.ts";
import { httpRequest, replyJson, type HttpOptions, type HttpReply } from "./socket/http-request.ts";

/** A status page with thousands of monitors. */
const maxBody = 16_777_216;

type PublicOptions = Pick<HttpOptions, "tls" | "timeoutMs" | "signal">;

/** The JSON below `path`; undefined for 404. Throws KumaError. */
export async function readPublicJson(
  address: ServerAddress,
  path: string,
  options: PublicOptions,
): Promise<Json | undefined> {
  const reply = await askPublic(address, path, options);
  if (reply.status === 404) return undefined;
  const json = reply.status === 200 ? replyJson(reply) : undefined;
  if (json !== undefined) return json;
  throw answeredOtherwise(address, path, `status ${reply.status} and no JSON`);
}

/** The picture below `path` as a data URL; undefined for 404. Throws KumaError. */
export async function readPublicPicture(
  address: ServerAddress,
  path: string,
  options: PublicOptions,
): Promise<string | undefined> {
  const { status, contentType, body } = await askPublic(address, path, { ...options, encoding: "base64" });
  // If the file does not exist, the server answers with its page, as for every unknown path
  // (docs/upstream/uptime-kuma.md#transport).
  if (status === 404 || contentType.startsWith("text/html")) return undefined;
  if (status === 200) return `data:${contentType.split(";")[0] ?? ""};base64,${body}`;
  throw answeredOtherwise(address, path, `status ${status}`);
}

/** Answered without a login, on every release. */
const clockPath = "/api/entry-page";

/** The `Date` of an answer, in milliseconds since 1970; whole seconds. Throws KumaError. */
export async function readClock(address: ServerAddress, options: PublicOptions): Promise<number> {
  const { headers } = await askPublic(address, clockPath, options);
  const time = Date.parse(headers.date ?? "");
  if (Number.isNaN(time)) throw answeredOtherwise(address, clockPath, "no Date, so the server's time is not known");
  return time;
}

/** Rejects with KumaError, or with the reason of the signal. */
async function askPublic(
  address: ServerAddress,
  path: string,
  options: PublicOptions & Pick<HttpOptions, "encoding">,
): Promise<HttpReply> {
  try {
    return await httpRequest(address, path, { ...options, maxBody });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new KumaError("incomplete", `${address.url} did not answer ${path} to the end`, {
      hint: "the socket works and plain requests do not: look at what stands in front of the server; --timeout waits longer",
      cause: error,
    });
  }
}

function answeredOtherwise({ url }: ServerAddress, path: string, what: string): KumaError {
  return new KumaError("incomplete", `${url} answered ${path} with ${what}`, {
    hint: "something in front of the server may answer in its place",
  });
}
