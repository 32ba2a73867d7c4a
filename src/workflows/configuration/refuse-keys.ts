import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { kindNames } from "../../model/entity.ts";
import { UsageError } from "../../model/errors.ts";

/**
 * Arguments are files. One that is not there and has the form of a key (`api`, `monitor/api`: no ending, no pattern) is
 * called that. Throws UsageError.
 */
export function refuseKeys(files: readonly string[], cwd: string): void {
  const key = files.find((file) => isKeyShaped(file) && !existsSync(resolve(cwd, file)));
  if (key === undefined) return;
  throw new UsageError(
    `there is no file or folder "${key}"`,
    "arguments are configuration files, as with -f; plan and apply take keys with --select",
  );
}

function isKeyShaped(text: string): boolean {
  const [start = "", ...rest] = text.split("/");
  if (rest.length === 0) return /^[A-Za-z0-9][\w-]*$/u.test(text);
  return rest.length === 1 && kindNames.some((kind) => kind === start) && !/\.(?:ya?ml|json)$/u.test(text);
}
