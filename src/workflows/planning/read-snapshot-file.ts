/** Reads snapshots, so that plans can be made against them instead of a server. */
import { fromSnapshot } from "../../documents/from-snapshot.ts";
import { UsageError } from "../../model/errors.ts";
import type { Observed } from "../../model/observed.ts";
import type { Context } from "../../run/context.ts";
import { readDocumentFile } from "../files/read-document-file.ts";

/** The server at the time of the snapshot. Throws as `readDocumentFile` does. */
export async function readSnapshotFile(
  { context: { cwd } }: { readonly context: Pick<Context, "cwd"> },
  path: string,
): Promise<Observed> {
  const document = await readDocumentFile("snapshot", path, { cwd, as: "--against" });
  if ("path" in document) {
    throw new UsageError(
      `"${path}" is what snapshot printed, not the snapshot`,
      `use the file that it names: ${JSON.stringify(document["path"])}`,
    );
  }
  return fromSnapshot(document);
}
