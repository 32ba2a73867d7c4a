/** What `snapshot` wrote. */
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";
import { joinWords, plural } from "../words/counts.ts";

interface WrittenSnapshot {
  readonly path: string;
  /** The number of objects. */
  readonly count: number;
}

export function renderSnapshot({ path, count }: WrittenSnapshot, style: Style): string {
  return `${style.green("Written:")} ${inert(path)}, ${plural(count, "object")} without their secrets.\n`;
}

/** For a snapshot without a ledger, because no flag names one of the projects on the server. */
export function missingLedgerText(projects: readonly string[]): string {
  return `no ledger goes along: ${inert(joinWords(projects))} share the server; name one with --project, to see who changed what\n`;
}
