/** Snapshots in files, to plan against instead of a server. */
import { UsageError } from "../../model/errors.ts";
import type { Json } from "../../model/json.ts";
import { ShapeError } from "../../documents/json-reader.ts";
import type { Observed } from "../../model/observed.ts";
import { fromSnapshot } from "../../documents/read-snapshot.ts";
import type { Context } from "../../run/context.ts";
import { readNamedFile } from "../files/read-named-file.ts";

const madeBy = "make one with kuma-sync snapshot --out FILE";

/** The server as it was when the file was made. Throws UsageError for a file that is no snapshot. */
export async function readSnapshotFile(
  { context }: { readonly context: Pick<Context, "cwd"> },
  path: string,
): Promise<Observed> {
  const text = await readNamedFile(path, context.cwd, { as: "--against", hint: madeBy });
  try {
    return fromSnapshot(JSON.parse(text) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`"${path}" is no snapshot: it is not JSON`, madeBy);
    if (error instanceof ShapeError) throw new UsageError(`"${path}" is no snapshot: ${error.message}`, madeBy);
    throw error;
  }
}
