/** The lines of a configuration's files as frames and diffs may show them: without the secrets that are written in them. */
import type { ShownLine, ShownSources } from "../../../model/shown-line.ts";
import { apparentSecrets } from "../../../secrets/apparent-secrets.ts";
import { shownForSecret } from "../../../secrets/secret.ts";
import { createTextFinder, joinedRanges, type TextFinder, type TextRange } from "../../../secrets/text-finder.ts";
import { hiddenRanges } from "./hidden-ranges.ts";
import { passedNames } from "./passed-names.ts";
import type { SensitiveNames } from "./sensitive-names.ts";
import { hiddenCells, isTable } from "./table-cells.ts";

export function sourceLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/u);
}

/** The lines of each text, for the files that `wanted` names. All of `texts` are looked at: one may use what another has. */
export function shownLines(
  texts: ReadonlyMap<string, string>,
  {
    names,
    secrets = [],
    wanted,
  }: {
    readonly names: SensitiveNames;
    /** Values of sensitive fields, as far as they are known. */
    readonly secrets?: readonly string[];
    readonly wanted: ReadonlySet<string>;
  },
): ShownSources {
  const values: string[] = [];
  const files = [...texts].map(([file, text]) => [file, sourceLines(text)] as const);
  // Most files pass nothing on.
  const isPassing = [...texts.values()].some((text) => /\$\{(?:each|var):|\*[\w-]/u.test(text));
  for (const [file, lines] of files) {
    if (isPassing && !isTable(file))
      hiddenRanges(lines, { names, passed: new Set(), onValue: (text) => values.push(text) });
  }
  const passed = passedNames(values);
  const finder = createTextFinder();
  for (const secret of secrets) finder.add(secret);
  const shown = files.flatMap(([file, lines]): [string, readonly ShownLine[]][] => {
    if (!wanted.has(file)) return [];
    // Most columns go to monitors, whose addresses are no secrets as those of notifications are.
    const isSensitive = (column: string): boolean => names.has(column, "monitors") || passed.has(column);
    const ranges = isTable(file) ? hiddenCells(lines, isSensitive) : hiddenRanges(lines, { names, passed });
    return [
      [
        file,
        lines.map((line, index) => {
          const found = joinedRanges([...(ranges[index] ?? []), ...apparentSecrets(line)]);
          return shownLine(line, [...found, ...knownBetween(line, found, finder)]);
        }),
      ],
    ];
  });
  return new Map(shown);
}

function shownLine(line: string, ranges: readonly TextRange[]): ShownLine {
  const joined = joinedRanges(ranges.filter(({ start, end }) => line.slice(start, end) !== shownForSecret));
  let text = "";
  let from = 0;
  for (const { start, end } of joined) {
    text += line.slice(from, start) + shownForSecret;
    from = end;
  }
  const hidden = joined.map(({ start, end }) => ({ start, end, length: shownForSecret.length }));
  return { text: text + line.slice(from), hidden };
}

/** Known secrets in what is not hidden already, because thousands of them may begin alike. */
function knownBetween(line: string, hidden: readonly TextRange[], finder: TextFinder): readonly TextRange[] {
  const starts = [0, ...hidden.map(({ end }) => end)];
  return starts.flatMap((start, index) => {
    const open = line.slice(start, hidden[index]?.start);
    return finder.rangesIn(open).map((range) => ({ start: start + range.start, end: start + range.end }));
  });
}
