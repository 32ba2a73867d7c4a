/** Copies of drills among what a server holds. */
import { drillMarkOf } from "../../kinds/drill-marker.ts";
import type { Finding } from "../../model/finding.ts";
import type { Observed } from "../../model/observed.ts";
import { plural } from "../../output/words/counts.ts";

/**
 * At most one finding, for the copies of this project. They are there while a drill runs, and afterwards only if it was killed or
 * lost its connection.
 */
export function leftDrillCopies({ entities }: Pick<Observed, "entities">, project: string): readonly Finding[] {
  const copies = entities.filter(({ kind, row }) => kind === "monitor" && drillMarkOf(row)?.project === project);
  if (copies.length === 0) return [];
  return [
    {
      code: "KS1640",
      severity: "info",
      message: `the server has ${plural(copies.length, "copy", "copies")} of a drill of this project, which no plan touches`,
      hint: "if no drill is running, it was cut off: the next drill --on-server of this project deletes them",
    },
  ];
}

/** What is left without the copies and notifications of drills, of any project. */
export function withoutDrillCopies(observed: Observed): Observed {
  return { ...observed, entities: observed.entities.filter(({ row }) => drillMarkOf(row) === undefined) };
}
