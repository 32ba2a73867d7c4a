/** Reads the text of a configuration file. */
import { readFile } from "node:fs/promises";
import type { Finding } from "../../model/finding.ts";
import type { FoundFile } from "./find-files.ts";
import { outsideWhy, type FileProblem } from "./config-folder.ts";
import type { ContainedFiles } from "./contained-files.ts";
import { isStream } from "./is-stream.ts";
import { decodeSource, maxSourceBytes, type SourceText } from "./read-source.ts";
import { reasonOf } from "../../model/system-reason.ts";

/** Opens `path`. A link must lead to where the configuration's other files may lie. */
export async function readConfigFile(
  { file, folder }: FoundFile,
  path: string,
  files: ContainedFiles,
): Promise<SourceText> {
  if (isStream(path)) {
    try {
      return decodeSource(file, await readFile(path));
    } catch (error) {
      return { finding: unreadable(file, { type: "unreadable", reason: reasonOf(error) }) };
    }
  }
  const opened = files.bytes(folder, path, maxSourceBytes);
  return "problem" in opened ? { finding: unreadable(file, opened.problem) } : decodeSource(file, opened.bytes);
}

/** A finding without a place; `file` is the file's name as shown. */
export function unreadable(file: string, { type, reason, hint }: FileProblem): Finding {
  const said = type === "outside" ? ({ code: "KS1107", why: outsideWhy } as const) : ({ code: "KS1001" } as const);
  const help = hint === undefined ? {} : { hint };
  return { severity: "error", message: `cannot read "${file}": ${reason}`, ...said, ...help };
}
