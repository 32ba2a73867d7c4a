import { openLines, type ShownSources } from "../../src/model/shown-line.ts";
import { splitLines } from "../../src/output/layout/code-frame.ts";

/** Files that hide nothing. */
export function openSources(texts: Readonly<Record<string, string>>): ShownSources {
  return new Map(Object.entries(texts).map(([file, text]) => [file, openLines(splitLines(text))]));
}
