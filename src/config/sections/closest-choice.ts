/**
 * Of the errors of alternatives (`anyOf`), keeps only those of the intended branch. The check reports every branch,
 * which makes five errors of one wrong tag.
 */
import type { SchemaError } from "../../documents/schema-check.ts";
import { isWithin } from "../../model/json.ts";

/**
 * Replaces the errors of all branches of an `anyOf` by those of the intended branch, if it can be recognised. The check
 * reports an `anyOf` directly after its branches, so the errors of the branches are the last ones.
 */
export function withoutEchoes(errors: readonly SchemaError[]): readonly SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword === "propertyNames") continue;
    if (error.keyword !== "anyOf") {
      kept.push(error);
      continue;
    }
    const first = kept.findLastIndex((other) => !isOfChoice(other, error)) + 1;
    const meant = meantBranch(kept.splice(first), error);
    kept.push(...(meant.length === 0 ? [error] : meant));
  }
  return kept;
}

function isOfChoice(error: SchemaError, choice: SchemaError): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) && isWithin(error.pointer, [choice.pointer]);
}

/**
 * The errors of the branch whose type fits; if several fit, the branch with the fewest errors. Empty if that is not
 * unique.
 */
function meantBranch(inside: readonly SchemaError[], choice: SchemaError): readonly SchemaError[] {
  const branches = new Map<string, SchemaError[]>();
  for (const error of inside) {
    const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split("/")[0] ?? "";
    const found = branches.get(branch);
    if (found === undefined) branches.set(branch, [error]);
    else found.push(error);
  }
  const fitting = [...branches.values()].filter(
    (branch) => !branch.some(({ keyword, pointer }) => keyword === "type" && pointer === choice.pointer),
  );
  const [first = [], second] = fitting.toSorted((left, right) => left.length - right.length);
  return second !== undefined && second.length === first.length ? [] : first;
}
