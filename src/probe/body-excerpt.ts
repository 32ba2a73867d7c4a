import type { BodyExcerpt } from "./probe-result.ts";
import type { HttpResponse } from "./http/response.ts";
import { withoutApparentSecrets } from "../secrets/apparent-secrets.ts";
import type { Redactor } from "../secrets/redactor.ts";

const shown = 500;
/**
 * How much is searched for secrets, in UTF-16 units: much more than is shown, so that no part of a secret is left at
 * the cut.
 */
const searched = 65_536;

/** The beginning of a response, without secrets. Secrets are removed before it is cut. */
export function bodyExcerpt({ body, contentType }: HttpResponse, redactor: Redactor): BodyExcerpt {
  const text = withoutApparentSecrets(redactor.text(body.slice(0, searched)));
  return {
    text: text.slice(0, shown),
    contentType,
    bytes: Buffer.byteLength(body),
    isShortened: text.length > shown || body.length > searched,
  };
}
