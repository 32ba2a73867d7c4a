import { resolve } from "node:path";
import { UsageError } from "../../model/errors.ts";

/**
 * Refuses two outputs with the same file, however it is spelled, because the second would replace the first. Throws
 * UsageError.
 */
export function refuseOneFileForTwo(
  outputs: readonly { readonly flag: string; readonly file: string | undefined }[],
  cwd: string,
): void {
  const flags = new Map<string, string>();
  for (const { flag, file } of outputs) {
    if (file === undefined) continue;
    const path = resolve(cwd, file);
    const other = flags.get(path);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${flag} would write to one file, "${file}"`, "give each a file of its own");
    }
    flags.set(path, flag);
  }
}
