/** Reads the files that loops name: CSV, JSON and YAML. Their values are data: `${…}` in them is not an expression. */
import { dirname, extname, join, normalize } from "node:path";
import { outsideWhy } from "../source/config-folder.ts";
import type { Finding } from "../../model/finding.ts";
import { parseYaml } from "../source/parse-yaml.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { maxSourceBytes } from "../source/read-source.ts";
import type { SourceDocument } from "../source/source-document.ts";
import type { ReadFrom } from "../sections/read-tests.ts";
import { parseCsv } from "./parse-csv.ts";

export interface RowFile {
  readonly document: SourceDocument;
  /** Every value is text, as in CSV. */
  readonly isPlainText: boolean;
}

export interface RowFiles {
  /** The file at `path`, relative to the document of `place`, which names it. Undefined, with findings, if it is wrong. */
  read(path: string, place: YamlPlace): RowFile | undefined;
  /** The texts of the files that were read, by the names that findings have for them. */
  readonly texts: ReadonlyMap<string, string>;
}

const separated = [".csv", ".tsv"];
const nested = [".json", ".yaml", ".yml"];

export function createRowFiles(readFile: ReadFrom, report: (finding: Finding) => void): RowFiles {
  const texts = new Map<string, string>();
  const known = new Map<string, RowFile | undefined>();
  const parse = (file: string, path: string, { document }: YamlPlace, text: string): RowFile | undefined => {
    if (separated.includes(extname(path).toLowerCase())) {
      const parsed = parseCsv(file, document.folder, text);
      if ("document" in parsed) return { document: parsed.document, isPlainText: true };
      report(parsed.finding);
      return undefined;
    }
    const parsed = parseYaml(file, document.folder, text, { isData: true });
    parsed.findings.forEach(report);
    return parsed.document === undefined ? undefined : { document: parsed.document, isPlainText: false };
  };
  return {
    texts,
    read(path, place) {
      const { file: from, folder } = place.document;
      const at = spanOf(place, "value");
      if (![...separated, ...nested].includes(extname(path).toLowerCase())) {
        const message = `"${path.slice(0, 80)}" is not a file of rows`;
        const hint = `its name must end in ${[...separated, ...nested].join(", ")}`;
        report({ code: "KS1765", severity: "error", message, at, hint });
        return undefined;
      }
      const file = normalize(join(dirname(from), path));
      const id = `${folder.root}\0${folder.path}\0${path}`;
      if (known.has(id)) return known.get(id);
      const read = readFile(folder, path, maxSourceBytes);
      let found: RowFile | undefined;
      if ("problem" in read) {
        const { type, reason, hint } = read.problem;
        const isOutside = type === "outside";
        report({
          code: isOutside ? "KS1107" : "KS1103",
          severity: "error",
          message: `cannot read "${path.slice(0, 80)}": ${reason}`,
          at,
          ...(hint === undefined ? {} : { hint }),
          ...(isOutside ? { why: outsideWhy } : {}),
        });
      } else {
        const text = read.text.replace(/^\u{feff}/u, "");
        texts.set(file, text);
        found = parse(file, path, place, text);
      }
      known.set(id, found);
      return found;
    },
  };
}
