/** Lists what the configuration leaves out, and why. Values are not shown, because some are secret. */
import { withoutUrlCredentials } from "../secrets/url-credentials.ts";
import type { Candidate } from "./candidate.ts";
import type { Omission } from "./imported.ts";
import { unmodelledKeys } from "./unmodelled.ts";
import type { WrittenFields } from "./written-fields.ts";

/** `written` is undefined if the object cannot be written. */
export function omissionsOf(
  { entity, kind, variant, obstacle }: Candidate,
  written: WrittenFields | undefined,
): readonly Omission[] {
  const base = { kind: kind.name, id: entity.id, name: withoutUrlCredentials(entity.name) };
  if (obstacle !== undefined) return [{ ...base, reason: obstacle }];
  const about = (fields: readonly string[], reason: string): readonly Omission[] =>
    fields.map((field) => ({ ...base, field, reason }));
  return [
    ...about(written?.missing ?? [], "is needed, and the server holds nothing that can be written; left as a comment"),
    ...about(written?.repaired ?? [], "does not work with the blanks or brackets it has; apply removes them"),
    ...about(written?.unwritable ?? [], "its value cannot be written as YAML; apply resets it to the default"),
    ...about(
      written?.unset ?? [],
      "the server has none, so this cannot work yet; write one or set one in the web page",
    ),
    ...about(unmodelledKeys(entity, kind, variant), "is not known to this version, and stays as it is"),
  ];
}
