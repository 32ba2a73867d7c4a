import type { BodyExcerpt } from "./probe-result.ts";
import type { HttpResponse } from "./http/response.ts";
import { withoutApparentSecrets } from "../secrets/apparent-secrets.ts";
import type { Redactor } from "../secrets/redactor.ts";

const shown = 500;
/** What is searched for secrets: much more than is shown, so that one that is cut off here is never shown. */
const searched = 65_536;

/** The beginning of a response without secrets; it is cut only after they are out. */
export function bodyExcerpt({ body, contentType }: HttpResponse, redactor: Redactor): BodyExcerpt {
  const text = withoutApparentSecrets(redactor.text(body.slice(0, searched)));
  return {
    text: text.slice(0, shown),
    contentType,
    bytes: Buffer.byteLength(body),
    isShortened: text.length > shown || body.length > searched,
  };
}
