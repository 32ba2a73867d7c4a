import { clip } from "../../../model/clip.ts";
import { withoutApparentSecrets } from "../../../secrets/apparent-secrets.ts";
import type { Redactor } from "../../../secrets/redactor.ts";

const longest = 200;

/** Words of a server or a provider, fit to be printed: short, on one line, without secrets. */
export function quotedWords(text: string, redactor: Redactor): string {
  // Known secrets go first, because a part that is cut off would still be a part of one.
  return clip(withoutApparentSecrets(redactor.text(text)).replaceAll(/\s+/gu, " ").trim(), longest);
}
