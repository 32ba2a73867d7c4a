/** `import`: writes YAML for what is on a server; planning it shows no changes. Never overwrites a file. */
import { join } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { checkSchema } from "../documents/schema-check.ts";
import { envFileText } from "../import/env-file.ts";
import { factor } from "../import/factor/factor.ts";
import { importObjects } from "../import/import-objects.ts";
import type { Imported } from "../import/imported.ts";
import { splitByGroup } from "../import/split-by-group.ts";
import { yamlText } from "../import/yaml-text.ts";
import type { JsonSchema } from "../kinds/field.ts";
import { kinds } from "../kinds/index.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { kindNames, kindOf, type KindName } from "../model/entity.ts";
import { isSelectedBy, type Selectable } from "../model/pattern.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Json } from "../model/json.ts";
import { renderImport } from "../output/human/import.ts";
import type { ImportReport } from "../model/import-report.ts";
import { plural } from "../output/words/counts.ts";
import { createDocument } from "../output/json.ts";
import { checkProject } from "../workflows/configuration/check-project.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addOutputFlags, addServerFlags, addText } from "../run/declare-flags.ts";
import type { OutputFlags, ServerFlags } from "../run/flags.ts";
import { observeAll } from "../workflows/connection/observe-all.ts";
import { refuseExisting } from "../workflows/files/refuse-existing.ts";
import { refuseOneFileForTwo } from "../workflows/files/refuse-one-file-for-two.ts";
import type { Run } from "../run/run.ts";
import { withoutDrillCopies } from "../workflows/drills/left-copies.ts";
import { checkOutputPaths, findExisting, writeNewFiles, type NewFile } from "../workflows/files/write-files.ts";

export interface ImportFlags extends OutputFlags, ServerFlags {
  readonly project?: string;
  readonly select?: readonly string[];
  readonly kind?: readonly KindName[];
  readonly out?: string;
  readonly split?: string;
  readonly secretsFile?: string;
  /** Sensitive fields whose values are written. */
  readonly plain?: readonly string[];
  /** Says once what several monitors have in common. */
  readonly factor?: boolean;
  /** False with --no-adopt. */
  readonly adopt: boolean;
}

const usualProject = "monitoring";

export const importCommand: CommandDefinition<ImportFlags> = {
  help: `
Defaults are left out, references go by key, secrets become \${env:…} and are
listed. What cannot be written is listed too. With the \`adopt:\` entries the next
plan only takes over what is there.

Examples:
  kuma-sync import > monitors.yaml
  kuma-sync import --project shop --out shop.yaml --secrets-file secrets.env
  kuma-sync import --select "web-*" --kind monitor
  kuma-sync import --factor --out monitors.yaml
  kuma-sync import --split monitors/

Exit codes: 0 written, 5 a file exists, 7 cannot connect or log in.
`,
  declare: (command) =>
    addOutputFlags(
      addServerFlags(
        command
          .option("--project <name>", "name of the project (default: the only one there is, or monitoring)")
          .option("--select <pattern>", "only these, by key or name: web-*; may be repeated", addText)
          .addOption(
            new Option("--kind <kind>", "only this kind; may be repeated").choices(kindNames).argParser(addKind),
          )
          .option("--out <file>", "where to write it (default: stdout); never overwrites a file")
          .option("--split <dir>", "one file for each group, and one for the rest")
          .option("--secrets-file <file>", "also write the values of the secrets, readable only by you")
          .option("--plain <field>", "write this sensitive field as it is; may be repeated", addText)
          .option("--factor", "say once what monitors share: loops, defaults by type, templates")
          .option("--no-adopt", "without adopt: entries"),
      ),
    ),
  run: runImport,
};

/** Replaces commander's own parser, which would check the choices. */
function addKind(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!kindNames.some((kind) => kind === text))
    throw new InvalidArgumentError(`Allowed choices are ${kindNames.join(", ")}.`);
  return addText(text, before);
}

type ImportRun = Run<ImportFlags>;

async function runImport(run: ImportRun): Promise<Outcome> {
  const { context, flags } = run;
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
  checkOutputPaths(context, [split]);
  // Checked before the server is contacted, and again when writing.
  const there = findExisting(context, [out ?? [], secretsFile ?? []].flat());
  if (there !== undefined) return refuseExisting(run, "import", there);

  const imported = await readServer(run);
  if (hasSelection(flags) && imported.entities.length + imported.omissions.length === 0) {
    throw new UsageError("nothing on the server is selected", hintForNothing(imported, flags));
  }
  const texts = textsOf(imported, flags);
  // A value that is still in the text only happens to equal a word of the YAML.
  const all = texts.map(({ text }) => text).join("\n");
  context.redactor.add(imported.variables.map(({ value }) => value).filter((value) => !all.includes(value)));
  const files: readonly NewFile[] = [
    ...(out === undefined && split === undefined ? [] : texts),
    ...(secretsFile === undefined || imported.variables.length === 0
      ? []
      : [{ path: secretsFile, text: envFileText(imported.variables), isSecret: true as const }]),
  ];
  const paths = files.map(({ path }) => path);
  const existing = findExisting(context, paths) ?? (await writeNewFiles(context, files));
  if (existing !== undefined) return refuseExisting(run, "import", existing);
  return finish(run, imported, { files, texts });
}

/** Objects of another project are never selected, so `--project` may be wrong. */
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

function isPicked(found: Selectable, { select = [], kind = [] }: ImportFlags): boolean {
  const isOfKind = kind.length === 0 || kind.includes(kindOf(found.key));
  return isOfKind && (select.length === 0 || isSelectedBy(select, found));
}

async function readServer(run: ImportRun): Promise<Imported> {
  const { context, flags } = run;
  const reader = await connectReadOnly(await readConnection(run));
  try {
    const { observed, project } = await untilAborted(observeAll(reader, flags.project), context.signal);
    const options = {
      project: project ?? usualProject,
      adopt: flags.adopt,
      open: new Set(flags.plain),
      isSelected: (found: Selectable) => isPicked(found, flags),
      isValid: (schema: JsonSchema, written: Json) => checkSchema(schema, written).length === 0,
    };
    return await context.whileBusy(() => {
      const imported = importObjects(withoutDrillCopies(observed), kinds, options);
      return flags.factor === true ? factor(imported, kinds) : imported;
    });
  } finally {
    await reader.close();
  }
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

function finish(
  { terminal }: Run,
  imported: Imported,
  { files, texts }: { readonly files: readonly NewFile[]; readonly texts: readonly NewFile[] },
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
        const count = imported.entities.reduce(
          (sum, entity) => sum + (entity.kind === kind && entity.obstacle === undefined ? (entity.count ?? 1) : 0),
          0,
        );
        return count === 0 ? [] : [[kind, count]];
      }),
    ),
    env: imported.variables.map(({ name }) => name),
    notRepresented: imported.omissions,
    foreign: imported.foreign,
  };
  if (isOnStdout) {
    terminal.printVerbatim(texts.map(({ text }) => text).join("\n"));
    if (!terminal.isJson) terminal.note(`\n${renderImport(body, terminal.err)}`);
  } else terminal.print(renderImport(body, terminal.out));
  terminal.printDocument(
    createDocument("import", outcome, isOnStdout ? { ...body, text: texts[0]?.text ?? "" } : body),
  );
  return outcome;
}
