/** `snapshot`: what a server holds, redacted, for a plan that needs no credentials. */
import { connectReadOnly } from "../kuma/connect.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Observed } from "../model/observed.ts";
import { toSnapshot } from "../documents/to-snapshot.ts";
import { placesOf } from "../output/document-places.ts";
import { joinWords, plural } from "../output/words/counts.ts";
import { inert } from "../output/inert.ts";
import { createDocument, serialise } from "../output/json.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { untilAborted, type Context } from "../run/context.ts";
import type { OutputFlags, ServerFlags } from "../run/flags.ts";
import { observeAll } from "../workflows/connection/observe-all.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";
import { checkTargets, writeOver } from "../workflows/files/write-files.ts";

export interface SnapshotFlags extends OutputFlags, ServerFlags {
  readonly out?: string;
  /** Whose ledger goes along; the only one there is unless it is named. */
  readonly project?: string;
}

export async function runSnapshot(context: Context, flags: SnapshotFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const { out } = flags;
  checkTargets([out], context);
  const reader = await connectReadOnly(await readConnection(flags, context, terminal));
  try {
    const { observed, project } = await untilAborted(observeAll(reader, flags.project), context.signal);
    if (project === undefined) noteProjects(observed, terminal);
    const outcome: Outcome = { type: "done" };
    const document = createDocument("snapshot", outcome, toSnapshot(observed));
    const { length } = observed.entities;
    if (out === undefined) {
      // It is JSON whatever the format: that is what was asked for.
      if (terminal.isJson) terminal.printDocument(document);
      else terminal.print(serialise(document));
      return outcome;
    }
    // Over an older one: it is made from the server, and can be made again.
    await writeOver(out, serialise(context.redactor.data(document, placesOf(document))), context);
    const { green } = terminal.out.style;
    terminal.print(`${green("Written:")} ${inert(out)}, ${plural(length, "object")} without their secrets.\n`);
    terminal.printDocument(createDocument("snapshot", outcome, { path: out, entities: length }));
    return outcome;
  } finally {
    terminal.clearStatus();
    await reader.close();
  }
}

/** Without its ledger a plan against the file does not know who changed what. */
function noteProjects({ entities }: Observed, terminal: Terminal): void {
  const names = [...new Set(entities.flatMap(({ owner }) => owner?.project ?? []))].toSorted();
  if (names.length < 2) return;
  const projects = inert(joinWords(names));
  terminal.note(
    `no ledger goes along: ${projects} share the server; name one with --project, to see who changed what\n`,
  );
}
