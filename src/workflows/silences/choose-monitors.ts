import type { Row } from "../../kinds/kind.ts";
import { entityKey } from "../../model/entity.ts";
import { UsageError } from "../../model/errors.ts";
import { guess } from "../../model/guess.ts";
import { isSelectedBy } from "../../model/pattern.ts";

/** Throws UsageError for an argument that chooses no monitor. */
export function chooseMonitors(managed: readonly Row[], patterns: readonly string[]): readonly Row[] {
  for (const pattern of patterns) {
    if (managed.some((row) => isChosen(row, [pattern]))) continue;
    const known = managed.map(({ owner }) => owner?.key ?? "");
    const near = guess(pattern.replace(/^monitor\//u, ""), known);
    throw new UsageError(
      `no monitor of the project on this server matches "${pattern}"`,
      near === undefined ? "write a key such as monitor/api, a name, or a pattern" : `did you mean "${near}"?`,
    );
  }
  return managed.filter((row) => isChosen(row, patterns));
}

function isChosen({ owner, name }: Row, patterns: readonly string[]): boolean {
  return isSelectedBy(patterns, { key: entityKey("monitor", owner?.key ?? ""), name });
}
