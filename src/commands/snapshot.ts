/** `snapshot`: writes the objects of a server, without secrets, for plans that need no credentials. */
import { connectReadOnly } from "../kuma/connect.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Observed } from "../model/observed.ts";
import { toSnapshot } from "../documents/to-snapshot.ts";
import { missingLedgerText, renderSnapshot } from "../output/human/snapshot.ts";
import { placesOf } from "../output/document-places.ts";
import { createDocument, serialise } from "../output/json.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addOutputFlags, addServerFlags } from "../run/declare-flags.ts";
import type { OutputFlags, ServerFlags } from "../run/flags.ts";
import { observeAll } from "../workflows/connection/observe-all.ts";
import type { Run } from "../run/run.ts";
import { checkOutputPaths, writeOver } from "../workflows/files/write-files.ts";

export interface SnapshotFlags extends OutputFlags, ServerFlags {
  readonly out?: string;
  /** The project whose ledger is included. Default: the only one on the server. */
  readonly project?: string;
}

export const snapshotCommand: CommandDefinition<SnapshotFlags> = {
  help: `
Examples:
  kuma-sync snapshot --out snapshot.json
  kuma-sync plan --against snapshot.json      elsewhere, without credentials

Exit codes: 0 written, 7 cannot connect or log in.
`,
  declare: (command) =>
    addOutputFlags(
      addServerFlags(
        command
          .option("--out <file>", "where to write it (default: stdout)")
          .option("--project <name>", "whose ledger goes along (default: the only project there is)"),
      ),
    ),
  run: runSnapshot,
};

async function runSnapshot(run: Run<SnapshotFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { out } = flags;
  checkOutputPaths(context, [out]);
  const reader = await connectReadOnly(await readConnection(run));
  try {
    const { observed, project } = await untilAborted(observeAll(reader, flags.project), context.signal);
    if (project === undefined) noteProjects(run, observed);
    const outcome: Outcome = { type: "done" };
    const document = createDocument("snapshot", outcome, toSnapshot(observed));
    const { length } = observed.entities;
    if (out === undefined) {
      // It is JSON in every format, because that is what the command is for.
      if (terminal.isJson) terminal.printDocument(document);
      else terminal.printVerbatim(serialise(document));
      return outcome;
    }
    // Overwrites an older file, because it can be made from the server again.
    await writeOver(context, out, serialise(context.redactor.data(document, placesOf(document))));
    terminal.print(renderSnapshot({ path: out, count: length }, terminal.out.style));
    terminal.printDocument(createDocument("snapshot", outcome, { path: out, entities: length }));
    return outcome;
  } finally {
    await reader.close();
  }
}

/** Without the ledger, a plan against the file cannot show causes. */
function noteProjects({ terminal }: Run, { entities }: Observed): void {
  const names = [...new Set(entities.flatMap(({ owner }) => owner?.project ?? []))].toSorted();
  if (names.length > 1) terminal.note(missingLedgerText(names));
}
