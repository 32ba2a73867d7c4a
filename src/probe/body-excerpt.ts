import type { BodyExcerpt } from "./probe-result.ts";
import type { HttpResponse } from "./http/response.ts";
import { redact } from "../secrets/monitor-secrets.ts";

const shown = 500;
/** What is searched for secrets: much more than is shown, so that one that is cut off here is never shown. */
const searched = 65_536;

/** The beginning of a response without secrets; it is cut only after they are out. */
export function bodyExcerpt({ body, contentType }: HttpResponse, secrets: readonly string[]): BodyExcerpt {
  const text = redact(body.slice(0, searched), secrets);
  return {
    text: text.slice(0, shown),
    contentType,
    bytes: Buffer.byteLength(body),
    isShortened: text.length > shown || body.length > searched,
  };
}
