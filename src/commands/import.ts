/** `import`: what is on a server, as a configuration that plans to nothing. Never writes over a file. */
import { join } from "node:path";
import { loadSchemaCheck } from "../config/sections/schema-check.ts";
import { envFileText } from "../import/env-file.ts";
import { importObjects } from "../import/import-objects.ts";
import type { Imported } from "../import/imported.ts";
import { splitByGroup } from "../import/split-by-group.ts";
import { yamlText } from "../import/yaml-text.ts";
import type { JsonSchema } from "../kinds/field.ts";
import { kinds } from "../kinds/index.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { kindOf, type KindName } from "../model/entity.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Json } from "../model/json.ts";
import { isSelectedBy, type Selectable } from "../model/pattern.ts";
import { renderImport } from "../output/human/import.ts";
import type { ImportReport } from "../model/import-report.ts";
import { plural } from "../output/words/counts.ts";
import { createDocument } from "../output/json.ts";
import { checkProject } from "../workflows/files/check-project.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { untilAborted, type Context } from "../run/context.ts";
import type { OutputFlags, ServerFlags } from "../run/flags.ts";
import { observeAll } from "../workflows/connection/observe-all.ts";
import { refuseExisting } from "../workflows/files/refuse-existing.ts";
import { refuseOneFileForTwo } from "../workflows/reports/reports.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";
import { checkTargets, findExisting, writeNewFiles, type NewFile } from "../workflows/files/write-files.ts";

export interface ImportFlags extends OutputFlags, ServerFlags {
  readonly project?: string;
  readonly select?: readonly string[];
  readonly kind?: readonly KindName[];
  readonly out?: string;
  readonly split?: string;
  /** Node takes `--env-file` for itself, wherever it stands. */
  readonly secretsFile?: string;
  /** Sensitive fields that are written as they are. */
  readonly plain?: readonly string[];
  /** False with --no-adopt. */
  readonly adopt: boolean;
}

const usualProject = "monitoring";

export async function runImport(context: Context, flags: ImportFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const { project, out, split, secretsFile } = flags;
  if (out !== undefined && split !== undefined) {
    throw new UsageError("--out and --split are both given", "one file, or one for each group");
  }
  const outputs = [
    { flag: "--out", file: out },
    { flag: "--secrets-file", file: secretsFile },
  ];
  refuseOneFileForTwo(outputs, context.cwd);
  checkProject(project);
  checkTargets([split], context);
  // Before anything is asked of the server; the writes look again.
  const there = findExisting([out ?? [], secretsFile ?? []].flat(), context.cwd);
  if (there !== undefined) return refuseExisting("import", there, terminal);

  const imported = await readServer(context, flags, terminal);
  if (hasSelection(flags) && imported.entities.length + imported.omissions.length === 0) {
    throw new UsageError("nothing on the server is selected", hintForNothing(imported, flags));
  }
  const texts = textsOf(imported, flags);
  // What still stands in the text is a word of ours that a secret happens to be.
  const all = texts.map(({ text }) => text).join("\n");
  context.redactor.add(imported.variables.map(({ value }) => value).filter((value) => !all.includes(value)));
  const files: readonly NewFile[] = [
    ...(out === undefined && split === undefined ? [] : texts),
    ...(secretsFile === undefined || imported.variables.length === 0
      ? []
      : [{ path: secretsFile, text: envFileText(imported.variables), isSecret: true as const }]),
  ];
  const paths = files.map(({ path }) => path);
  const existing = findExisting(paths, context.cwd) ?? (await writeNewFiles(files, context));
  if (existing !== undefined) return refuseExisting("import", existing, terminal);
  return report(imported, { files, texts, terminal });
}

/** Another project's objects are never selected, so the project may be what is wrong. */
function hintForNothing({ foreign }: Imported, { project }: ImportFlags): string {
  const [first] = foreign;
  if (first === undefined) return "--select takes keys and names, also patterns: web-*";
  const counts = foreign.map((other) => `${other.project} (${plural(other.count, "object")})`).join(", ");
  const given = project === undefined ? "no project was named" : `project ${project} was named`;
  return `${given}; the server has objects of ${counts}: give --project ${first.project}`;
}

function hasSelection({ select = [], kind = [] }: ImportFlags): boolean {
  return select.length + kind.length > 0;
}

async function readServer(context: Context, flags: ImportFlags, terminal: Terminal): Promise<Imported> {
  const reader = await connectReadOnly(await readConnection(flags, context, terminal));
  try {
    const { observed, project } = await untilAborted(observeAll(reader, flags.project), context.signal);
    const check = await loadSchemaCheck();
    const options = {
      project: project ?? usualProject,
      adopt: flags.adopt,
      open: new Set(flags.plain),
      isSelected: (found: Selectable) => isPicked(found, flags),
      isValid: (schema: JsonSchema, written: Json) => check(schema, written).length === 0,
    };
    return await context.whileBusy(() => importObjects(observed, kinds, options));
  } finally {
    terminal.clearStatus();
    await reader.close();
  }
}

function isPicked(found: Selectable, { select = [], kind = [] }: ImportFlags): boolean {
  const isOfKind = kind.length === 0 || kind.includes(kindOf(found.key));
  return isOfKind && (select.length === 0 || isSelectedBy(select, found));
}

function textsOf(imported: Imported, { out, split }: ImportFlags): readonly NewFile[] {
  if (split === undefined) {
    const text = yamlText(imported, { entities: imported.entities, isMain: true }, kinds);
    return [{ path: out ?? "-", text }];
  }
  return splitByGroup(imported).map(({ name, content }) => ({
    path: join(split, name),
    text: yamlText(imported, content, kinds),
  }));
}

function report(
  imported: Imported,
  {
    files,
    texts,
    terminal,
  }: { readonly files: readonly NewFile[]; readonly texts: readonly NewFile[]; readonly terminal: Terminal },
): Outcome {
  const outcome: Outcome = { type: "done" };
  const secretsFile = files.find(({ isSecret }) => isSecret === true)?.path;
  const written = files.filter(({ isSecret }) => isSecret !== true).map(({ path }) => path);
  const isOnStdout = written.length === 0;
  const body: ImportReport = {
    project: imported.project,
    files: written,
    ...(secretsFile === undefined ? {} : { secretsFile }),
    entities: Object.fromEntries(
      [...kinds.keys()].flatMap((kind) => {
        const count = imported.entities.filter(
          (entity) => entity.kind === kind && entity.obstacle === undefined,
        ).length;
        return count === 0 ? [] : [[kind, count]];
      }),
    ),
    env: imported.variables.map(({ name }) => name),
    notRepresented: imported.omissions,
    foreign: imported.foreign,
  };
  if (isOnStdout) {
    terminal.print(texts.map(({ text }) => text).join("\n"));
    if (!terminal.isJson) terminal.note(`\n${renderImport(body, terminal.err)}`);
  } else terminal.print(renderImport(body, terminal.out));
  terminal.printDocument(
    createDocument("import", outcome, isOnStdout ? { ...body, text: texts[0]?.text ?? "" } : body),
  );
  return outcome;
}
