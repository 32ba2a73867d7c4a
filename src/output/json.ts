/**
 * The documents of `--format json`: one on stdout for every run, even if it fails. Member names and the meanings of
 * values stay the same within a major `formatVersion`; a minor version only adds to them.
 */
import type { DocumentName } from "../model/document-names.ts";
import type { FindingsBody } from "../model/document-bodies.ts";
import { audible, type Finding } from "../model/finding.ts";
import type { FixedFiles } from "../model/fixed-files.ts";
import { isOk, type Outcome } from "../model/exit-code.ts";
import { describeError } from "./words/error.ts";
import type { ErrorFacts } from "../model/errors.ts";
import { inertJson } from "./inert.ts";

const formatVersion = "1.0";

interface Envelope<Name extends DocumentName = DocumentName> {
  readonly type: `kuma-sync.${Name}`;
  readonly formatVersion: string;
  readonly ok: boolean;
}

export type Document<Name extends DocumentName = DocumentName, Body = object> = Envelope<Name> &
  Omit<Body, keyof Envelope>;

/** `ok` comes from the outcome, which also decides the exit code, so the two always agree. */
export function createDocument<Name extends DocumentName, Body extends object>(
  name: Name,
  outcome: Outcome,
  body: Body,
): Document<Name, Body> {
  const { type: _type, formatVersion: _formatVersion, ok: _ok, ...rest } = body as Body & Partial<Envelope>;
  return { type: `kuma-sync.${name}`, formatVersion, ok: isOk(outcome), ...rest };
}

export function serialise(document: object): string {
  return `${inertJson(JSON.stringify(document, null, 2))}\n`;
}

export function findingsBody(findings: readonly Finding[], fixed?: FixedFiles): FindingsBody {
  const count = (severity: Finding["severity"]): number =>
    audible(findings).filter((finding) => finding.severity === severity).length;
  const silenced = findings.length - audible(findings).length;
  return {
    findings,
    ...(fixed === undefined ? {} : { fixed }),
    summary: { errors: count("error"), warnings: count("warning"), notes: count("info"), silenced },
  };
}

/** For a run that ended without a document of its own. */
export function errorBody(error: unknown): { readonly error: ErrorFacts } {
  return { error: describeError(error) };
}
