import { clip } from "../../model/clip.ts";
import { withoutApparentSecrets } from "../../secrets/apparent-secrets.ts";
import type { Redactor } from "../../secrets/redactor.ts";

const longest = 200;

/** Words of a server or a provider that can be printed: short, on one line, without secrets. */
export function quotedWords(text: string, redactor: Redactor): string {
  // Known secrets are removed before the cut, because a part of a secret must not be shown either.
  return clip(withoutApparentSecrets(redactor.text(text)).replaceAll(/\s+/gu, " ").trim(), longest);
}
