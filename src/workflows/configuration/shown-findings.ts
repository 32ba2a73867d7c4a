/** What may be shown of findings and of the files that they are about. */
import type { Config } from "../../config/config.ts";
import { sensitiveNames } from "../../config/source/hidden/sensitive-names.ts";
import { shownFinding } from "../../config/source/hidden/shown-finding.ts";
import { sourceLines, shownLines } from "../../config/source/hidden/shown-lines.ts";
import { kinds } from "../../kinds/index.ts";
import { sensitivePointers } from "../../kinds/spec.ts";
import type { Finding } from "../../model/finding.ts";
import type { ShownSources } from "../../model/shown-line.ts";
import { secretsOf } from "../../secrets/object-secrets.ts";

export interface ShownFindings {
  readonly findings: readonly Finding[];
  /** The lines of the files that they are about. */
  readonly sources: ShownSources;
}

/** Without the secrets that are written in the files. */
export function shownFindings({ sources, entities }: Config, findings: readonly Finding[]): ShownFindings {
  const wanted = new Set(
    findings.flatMap(({ at, related }) => [at, related?.at].flatMap((place) => place?.file ?? [])),
  );
  if (wanted.size === 0) return { findings, sources: new Map() };
  const secrets = writtenSecrets(entities);
  const shown = shownLines(sources, { names: sensitiveNames(kinds), secrets, wanted });
  const lines = new Map([...wanted].map((file) => [file, sourceLines(sources.get(file) ?? "")]));
  return { findings: findings.map((finding) => shownFinding(finding, lines, shown)), sources: shown };
}

/** What stands in the sensitive fields of the objects, also where a file has it in another place, such as a row. */
export function writtenSecrets(entities: Config["entities"]): readonly string[] {
  return entities.flatMap(({ variant, canonical }) => secretsOf(canonical, sensitivePointers(variant, canonical)));
}
