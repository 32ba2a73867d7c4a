/** What `validate --fix` changed, or would change. */
import type { FixedFile, FixedFiles } from "../../model/fixed-files.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { plural } from "../words/counts.ts";

export function renderFixes({ isWritten, files }: FixedFiles, { style }: TextOptions): string {
  if (files.length === 0) return "Nothing to fix.\n\n";
  const count = files.reduce((sum, { fixes }) => sum + fixes.length, 0);
  const where = files.length === 1 ? inert(files[0]?.file ?? "") : plural(files.length, "file");
  const words = isWritten ? `Fixed ${plural(count, "finding")}` : `--fix would fix ${plural(count, "finding")}`;
  const what = files.flatMap(({ file, fixes }) =>
    [...countsOf(fixes)].map(
      ([title, times]) => `  ${inert(file)}: ${inert(title)}${times > 1 ? ` (${times} times)` : ""}`,
    ),
  );
  return [
    ...files.flatMap((file) => diffLines(file, style)),
    ...what,
    style.bold(`${words} in ${where}.`),
    "",
    "",
  ].join("\n");
}

function countsOf(titles: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  return counts;
}

function diffLines({ file, diff }: FixedFile, style: Style): readonly string[] {
  const name = inert(file);
  const lines = diff.map((line) => {
    const text = inert(line);
    if (line.startsWith("-")) return style.red(text);
    if (line.startsWith("+")) return style.green(text);
    return style.dim(text);
  });
  return [style.bold(`--- ${name}`), style.bold(`+++ ${name}`), ...lines, ""];
}
