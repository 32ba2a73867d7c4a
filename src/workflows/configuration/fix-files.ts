/** `validate --fix`: makes the repairs that are certain, in the files that the run was given and in no others. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Config } from "../../config/config.ts";
import { applyFixes } from "../../config/source/apply-fixes.ts";
import { isStream } from "../../config/source/is-stream.ts";
import { sensitiveNames } from "../../config/source/hidden/sensitive-names.ts";
import { shownLines } from "../../config/source/hidden/shown-lines.ts";
import type { FoundFile } from "../../config/source/find-files.ts";
import { kinds } from "../../kinds/index.ts";
import { InternalError, MachineError, UsageError } from "../../model/errors.ts";
import { audible, type Finding, type Fix } from "../../model/finding.ts";
import type { FixedFile, FixedFiles } from "../../model/fixed-files.ts";
import type { ShownSources } from "../../model/shown-line.ts";
import { splitLines } from "../../output/layout/code-frame.ts";
import { fileDiff } from "../../output/layout/file-diff.ts";
import type { ConfigFlags, SecretsFlag, TargetFlag } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { checkOutputPaths, writeOver } from "../files/write-files.ts";
import { checkTargets, type CheckedTargets } from "./check-targets.ts";
import { openConfiguration } from "./read-configuration.ts";
import { writtenSecrets } from "./shown-findings.ts";

export interface FixFlags extends ConfigFlags, SecretsFlag, TargetFlag {
  readonly fix?: boolean;
  /** Shows what `fix` would do, and writes nothing. */
  readonly showFixes?: boolean;
}

/** More than any configuration needs: a repair may bring up the next one, and overlapping ones take turns. */
const mostRounds = 100;

export interface FixedConfiguration extends CheckedTargets {
  readonly fixed: FixedFiles;
}

/**
 * With `config` and `findings` as they are after the repairs. Nothing is written when one of the files may not be. Throws
 * UsageError for standard input and for such a file (output-path.ts), and MachineError.
 */
export async function fixConfiguration(run: Run<FixFlags>): Promise<FixedConfiguration> {
  const isWritten = run.flags.showFixes !== true;
  const opened = await openConfiguration(run);
  refuseStreams(opened.files);
  const first = await checkTargets(run, opened);
  const given = textsOf(opened.files, first.config);
  const { texts, made, checked } = await repaired(run, given, first);
  const changed = [...texts].filter(([file, text]) => text !== given.get(file));
  if (isWritten) await writeAll(run, given, changed);
  const files = describeFiles(checked.config, { given, changed, made });
  return { ...checked, fixed: { isWritten, files } };
}

function refuseStreams(files: readonly FoundFile[]): void {
  const stream = files.find(({ path }) => path === undefined || isStream(path));
  if (stream === undefined) return;
  throw new UsageError(`${stream.path ?? "stdin"} cannot be repaired: it is not a file`, "name the file itself");
}

/** Only of files that were named or found: what a configuration reads besides is not this command's to change. */
function textsOf(files: readonly FoundFile[], { sources }: Config): ReadonlyMap<string, string> {
  const names = new Set(files.map(({ file }) => file));
  return new Map([...sources].filter(([file]) => names.has(file)));
}

interface Repaired {
  readonly texts: ReadonlyMap<string, string>;
  /** Of all rounds. */
  readonly made: readonly Fix[];
  /** The configuration with them. */
  readonly checked: CheckedTargets;
}

/** Until nothing is left to repair. */
async function repaired(
  run: Run<FixFlags>,
  given: ReadonlyMap<string, string>,
  first: CheckedTargets,
): Promise<Repaired> {
  const made: Fix[] = [];
  let texts = given;
  let checked = first;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = applyFixes(texts, distinctFixes(checked.findings));
    if (next.made.length === 0) break;
    made.push(...next.made);
    texts = next.texts;
    const unread = unreadFiles(checked.findings);
    checked = await checkTargets(run, await openConfiguration(run, texts));
    const broken = [...unreadFiles(checked.findings)].find((file) => !unread.has(file));
    if (broken !== undefined) throw new InternalError(`a repair would make ${broken} unreadable; nothing was written`);
  }
  return { texts, made, checked };
}

/** A default has the same finding for each of its monitors. */
function distinctFixes(findings: readonly Finding[]): readonly Fix[] {
  const fixes = audible(findings).flatMap(({ fix }) => fix ?? []);
  return [...new Map(fixes.map((fix) => [JSON.stringify(fix.edits), fix])).values()];
}

/** Those that are not YAML. */
function unreadFiles(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ code, at }) => (code === "KS1003" && at !== undefined ? [at.file] : [])));
}

type Texts = readonly (readonly [file: string, text: string])[];

async function writeAll({ context }: Run, given: ReadonlyMap<string, string>, changed: Texts): Promise<void> {
  checkOutputPaths(
    context,
    changed.map(([file]) => file),
  );
  for (const [file] of changed) {
    if ((await readFile(resolve(context.cwd, file), "utf8")) !== given.get(file))
      throw new MachineError(`"${file}" was changed by somebody else meanwhile: nothing was written`);
  }
  await context.whileWriting(async () => {
    for (const [file, text] of changed) await writeOver(context, file, text);
  });
}

/** With diffs that show no password, whether it is written in a sensitive field or only repeated elsewhere. */
function describeFiles(
  { entities }: Config,
  {
    given,
    changed,
    made,
  }: Pick<Repaired, "made"> & { readonly given: ReadonlyMap<string, string>; readonly changed: Texts },
): readonly FixedFile[] {
  if (changed.length === 0) return [];
  const options = {
    names: sensitiveNames(kinds),
    secrets: writtenSecrets(entities),
    wanted: new Set(changed.map(([file]) => file)),
  };
  const shownBefore = shownLines(given, options);
  const shownAfter = shownLines(new Map([...given, ...changed]), options);
  return changed.map(([file, text]) => {
    const diff = fileDiff({
      before: splitLines(given.get(file) ?? ""),
      after: splitLines(text),
      shownBefore: shownIn(shownBefore, file),
      shownAfter: shownIn(shownAfter, file),
    });
    const fixes = made.filter(({ edits }) => edits.some(({ at }) => at.file === file)).map(({ title }) => title);
    return { file, fixes, diff };
  });
}

function shownIn(sources: ShownSources, file: string): readonly string[] {
  return (sources.get(file) ?? []).map(({ text }) => text);
}
