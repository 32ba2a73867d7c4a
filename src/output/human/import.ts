/** What an import wrote, which values are still needed, and what YAML cannot express. */
import type { ImportReport } from "../../model/import-report.ts";
import type { KindName } from "../../model/entity.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { kindCount } from "../words/kind-count.ts";
import { joinWords, plural } from "../words/counts.ts";

const mostShown = 30;

export function renderImport(report: ImportReport, options: TextOptions): string {
  const { style } = options;
  return [headLines(report, style), variableLines(report), omissionLines(report, style), nextLines(report)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")
    .concat("\n");
}

function headLines({ project, files, entities, foreign }: ImportReport, style: Style): readonly string[] {
  const counts = Object.entries(entities).map(([kind, count]) => kindCount(kind as KindName, count));
  const what = counts.length === 0 ? "nothing" : joinWords(counts);
  const where = files.length === 0 ? "" : ` to ${joinWords(files.map(inert))}`;
  return [
    `${style.green("Imported")} ${what}${where}, as project ${inert(project)}.`,
    ...foreign.map(
      (other) =>
        `Skipped ${plural(other.count, "object")} that ${other.count === 1 ? "belongs" : "belong"} to project ${inert(other.project)}.`,
    ),
  ];
}

function variableLines({ env, secretsFile }: ImportReport): readonly string[] {
  if (env.length === 0) return [];
  if (secretsFile !== undefined) {
    return [`${plural(env.length, "secret")} in ${inert(secretsFile)}, readable only by you. Keep it out of Git.`];
  }
  return ["Secrets are not written. Set:", ...capped(env.map((name) => `  ${name}`))];
}

function omissionLines({ notRepresented }: ImportReport, style: Style): readonly string[] {
  if (notRepresented.length === 0) return [];
  const lines = notRepresented.map(({ kind, id, name, field, reason }) => {
    const what = `${kind} ${id} ${style.bold(inert(name))}`;
    return `  ${what}${field === undefined ? "" : `, ${inert(field)}`}: ${inert(reason)}`;
  });
  return [style.yellow("Not represented:"), ...capped(lines)];
}

function nextLines({ files, env, secretsFile }: ImportReport): readonly string[] {
  if (files.length === 0) return [];
  const named = files.map((file) => ` -f ${inert(file)}`).join("");
  const secrets = env.length > 0 && secretsFile !== undefined ? [`  set -a; . ./${inert(secretsFile)}; set +a`] : [];
  return ["Next:", ...secrets, `  kuma-sync plan${named}`];
}

function capped(lines: readonly string[]): readonly string[] {
  return lines.length <= mostShown
    ? lines
    : [...lines.slice(0, mostShown), `  and ${lines.length - mostShown} more; --format json lists them all`];
}
