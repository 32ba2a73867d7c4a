/** Why a field differs. */
import type { FieldChange } from "../../model/plan.ts";

/** Why fields of a step differ: one sentence for each cause other than the file. */
export function causeNotes(changes: readonly FieldChange[]): readonly string[] {
  const has = (...causes: readonly FieldChange["cause"][]): boolean =>
    changes.some(({ cause }) => causes.includes(cause));
  return [
    ...(has("server", "both") ? ["changed on the server since the last apply"] : []),
    ...(has("unfinished") ? ["the last apply failed while it wrote this object"] : []),
    ...(has("unstorable")
      ? ["the server's database put question marks in place of characters that it cannot hold [KS4017]"]
      : []),
    ...(has("default") ? ["a default changed with this version of kuma-sync"] : []),
  ];
}

/** Shown beside a field; undefined if its cause is the file or not known. */
export function causeMark({ cause }: FieldChange): string | undefined {
  switch (cause) {
    case "server":
      return "server";
    case "both":
      return "file and server";
    case "default":
      return "default";
    case "unfinished":
      return "unfinished";
    case "unstorable":
      return "database";
    case "file":
    case undefined:
      return undefined;
    default:
      return cause satisfies never;
  }
}
