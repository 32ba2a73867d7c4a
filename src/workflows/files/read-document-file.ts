import { readDocument, remedies, type DocumentKind } from "../../documents/read-document.ts";
import { KumaError, UsageError } from "../../model/errors.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Context } from "../../run/context.ts";
import { readNamedFile } from "./read-named-file.ts";

const nouns = { plan: "a saved plan", snapshot: "a snapshot" } as const satisfies Partial<Record<DocumentKind, string>>;

/**
 * A document in a file that the user named; `as` is the flag that named it. Throws UsageError for a file that is not such a
 * document, and KumaError "incompatible" for one of another format.
 */
export async function readDocumentFile(
  kind: keyof typeof nouns,
  path: string,
  { cwd, as }: Pick<Context, "cwd"> & { readonly as?: string },
): Promise<JsonObject> {
  const text = await readNamedFile(path, cwd, { hint: remedies[kind], ...(as === undefined ? {} : { as }) });
  const result = await readDocument(kind, text);
  if ("document" in result) return result.document;
  const { type, message, hint } = result.problem;
  if (type === "format") throw new KumaError("incompatible", `cannot read "${path}": ${message}`, { hint });
  throw new UsageError(`"${path}" is not ${nouns[kind]}: ${message}`, hint);
}
