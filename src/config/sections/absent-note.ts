import type { Finding } from "../../model/finding.ts";
import type { SourceSpan } from "../../model/source-span.ts";

/** One note about all environment variables that are not set, placed at the first; undefined if all are set. */
export function absentNote(absent: ReadonlyMap<string, SourceSpan>): Finding | undefined {
  const [first, ...others] = absent;
  if (first === undefined) return undefined;
  const [name, at] = first;
  const names = [name, ...others.map(([other]) => other)].map((one) => `"${one}"`);
  const what =
    others.length === 0
      ? `environment variable ${names.join("")} is not set`
      : `${names.length} environment variables are not set: ${names.join(", ")}`;
  const hint = "this command needs no value; plan and apply do";
  return { code: "KS1101", severity: "info", message: what, hint, at };
}
