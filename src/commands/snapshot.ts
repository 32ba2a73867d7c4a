/** `snapshot`: what a server holds, redacted, for a plan that needs no credentials. */
import { connectReadOnly } from "../kuma/connect.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Json } from "../model/json.ts";
import { ShapeError } from "../model/json-reader.ts";
import type { Observed } from "../model/observed.ts";
import { fromSnapshot } from "../model/read-snapshot.ts";
import { toSnapshot } from "../model/snapshot.ts";
import { joinWords, plural } from "../output/human/layout.ts";
import { inert } from "../output/inert.ts";
import { createDocument, serialise } from "../output/json.ts";
import { readConnection } from "./connection.ts";
import { untilAborted, type Context } from "./context.ts";
import type { OutputFlags, ServerFlags } from "./flags.ts";
import { observeAll } from "./observe-all.ts";
import { readNamedFile } from "./read-named-file.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { checkTargets, writeOver } from "./write-files.ts";

const madeBy = "make one with kuma-sync snapshot --out FILE";

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
    await writeOver(out, serialise(context.redactor.document(document)), context);
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

/** The server as it was when the file was made. Throws UsageError for a file that is no snapshot. */
export async function readSnapshot(path: string, { cwd }: Pick<Context, "cwd">): Promise<Observed> {
  const text = await readNamedFile(path, cwd, { as: "--against", hint: madeBy });
  try {
    return fromSnapshot(JSON.parse(text) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`"${path}" is no snapshot: it is not JSON`, madeBy);
    if (error instanceof ShapeError) throw new UsageError(`"${path}" is no snapshot: ${error.message}`, madeBy);
    throw error;
  }
}
