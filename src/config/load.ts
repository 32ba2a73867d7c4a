/** Reads a configuration. */
import type { KindRegistry } from "../kinds/kind.ts";
import { usualPolicy } from "../model/entity.ts";
import { compareFindings, type Finding } from "../model/finding.ts";
import { allowedEnv } from "./values/allowed-env.ts";
import type { Config, ConfigSource, SecretUse } from "./config.ts";
import { findIncluded, includesOf } from "./expand/include.ts";
import { findFiles, type FoundFile } from "./source/find-files.ts";
import { containedFiles, type ContainedFiles } from "./source/contained-files.ts";
import { hiddenValues } from "./values/outside/hidden-values.ts";
import type { OutsideValues } from "./values/outside/outside-values.ts";
import { realValues } from "./values/outside/real-values.ts";
import { withheldValues } from "./values/outside/withheld-values.ts";
import { readIgnoreComments, type IgnoreComment } from "./silencing/ignore-comments.ts";
import { noSilencing, silenced, type Silencing } from "./silencing/silencing.ts";
import { parseYaml } from "./source/parse-yaml.ts";
import { readConfigFile } from "./source/read-config-file.ts";
import { decodeSource, type SourceText } from "./source/read-source.ts";
import { resolveConfig, targetsOf } from "./resolve-config.ts";
import type { SourceDocument } from "./source/source-document.ts";

/** A configuration whose files are read: what it says depends on the target. */
export interface OpenConfig {
  /** What was asked for or included, and found, with `path` undefined for standard input; unreadable files too. */
  readonly files: readonly FoundFile[];
  /** The servers it names, without findings about them. */
  readonly targets: Config["targets"];
  /** The configuration for one target, as far as it is known without a server. Does not read the files again. */
  resolve(options: Pick<ConfigSource, "target" | "secrets">): Promise<Config>;
}

/**
 * Reads the files, once for all targets. Never throws for a mistake of the user's: all mistakes are in the findings of
 * `resolve`.
 */
export async function openConfig(
  source: Omit<ConfigSource, "target" | "secrets">,
  registry: KindRegistry,
): Promise<OpenConfig> {
  const { vars, cwd, fileRoots = [] } = source;
  const contained = containedFiles(fileRoots, cwd);
  const { files: named, findings: missing } = await findFiles(source.paths, cwd, contained);
  const findings: Finding[] = [...missing];
  const files = [...named];
  const known = new Set(named.map(({ id }) => id));
  const sources = new Map<string, string>();
  const documents: SourceDocument[] = [];
  const comments: IgnoreComment[] = [];
  let isComplete = missing.length === 0;
  const reportMissing = (finding: Finding): void => {
    findings.push(finding);
    if (finding.severity === "error") isComplete = false;
  };
  for (const found of files) {
    const read = await readFound(found, source, contained);
    if ("finding" in read) {
      findings.push(read.finding);
      isComplete = false;
      continue;
    }
    sources.set(found.file, read.text);
    const parsed = parseYaml(found.file, found.folder, read.text);
    findings.push(...parsed.findings);
    if (parsed.document === undefined) isComplete = false;
    else {
      documents.push(parsed.document);
      const ignores = readIgnoreComments(parsed.document);
      comments.push(...ignores.comments);
      findings.push(...ignores.findings);
      for (const include of includesOf(parsed.document, reportMissing)) {
        for (const one of await findIncluded(include, parsed.document, { cwd, contained, report: reportMissing })) {
          // Each file once, whoever includes it; those that are new are read further down this loop.
          if (!known.has(one.id)) files.push(one);
          known.add(one.id);
        }
      }
    }
  }
  if (documents.length === 0) return { files, targets: new Map(), resolve: async () => nothing(findings, sources) };
  const allowed = allowedEnv(source.env);
  const common = { documents, isComplete, registry, allowed, vars, readFile: contained.read };
  return {
    files,
    targets: targetsOf({ ...common, outside: outsideValues(source.env, "withheld", contained) }),
    resolve: async ({ target, secrets = "real" }) => {
      // The interpolated texts depend on the target and are kept with the document.
      const fresh = documents.map((document) => ({ ...document, interpolated: new Map() }));
      const { levels, rowFiles, ...resolved } = await resolveConfig({
        ...common,
        outside: outsideValues(source.env, secrets, contained),
        documents: fresh,
        target,
      });
      const silencing: Silencing = { comments, levels };
      const judged = silenced([...findings, ...resolved.findings], silencing);
      const texts = new Map([...rowFiles, ...sources]);
      return { ...resolved, silencing, findings: judged.toSorted(compareFindings), sources: texts };
    },
  };
}

function outsideValues(env: ConfigSource["env"], secrets: SecretUse, files: ContainedFiles): OutsideValues {
  const withheld = withheldValues({ names: Object.keys(env), files });
  // Nothing that must not know the values gets them.
  if (secrets === "withheld") return withheld;
  const real = realValues({ env, files });
  return secrets === "real" ? real : hiddenValues(real, withheld);
}

function nothing(findings: readonly Finding[], sources: Config["sources"]): Config {
  return {
    findings: findings.toSorted(compareFindings),
    sources,
    secrets: [],
    project: "",
    entities: [],
    services: [],
    moves: [],
    loops: [],
    policy: usualPolicy,
    silencing: noSilencing,
    vars: new Map(),
    targets: new Map(),
  };
}

async function readFound(
  found: FoundFile,
  source: Pick<ConfigSource, "readStdin" | "texts">,
  files: ContainedFiles,
): Promise<SourceText> {
  const { file, path } = found;
  const text = source.texts?.get(file);
  if (text !== undefined) return { text };
  if (path !== undefined) return readConfigFile(found, path, files);
  return decodeSource(file, Buffer.from(await source.readStdin(), "utf8"));
}
