/** Reads a configuration: the only part of this folder that opens files. */
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { KindRegistry } from "../kinds/kind.ts";
import { usualPolicy } from "../model/entity.ts";
import { compareFindings, type Finding } from "../model/finding.ts";
import { allowedEnv } from "./allowed-env.ts";
import type { Config, ConfigSource } from "./config.ts";
import { findFiles, type FoundFile } from "./find-files.ts";
import type { Variables } from "./interpolate.ts";
import { parseYaml } from "./parse-yaml.ts";
import { decodeSource, readSource, reasonOf, type ReadResult } from "./read-source.ts";
import { resolveConfig, targetsOf } from "./resolve-config.ts";
import { loadSchemaCheck } from "./schema-check.ts";
import type { SourceDocument } from "./source-document.ts";

/** A certificate chain is a few kilobytes; what is larger was not meant. */
const maxIncludedBytes = 1024 * 1024;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A configuration whose files are read: what it says depends on the target. */
export interface OpenConfig {
  /** The servers it names, before anything is said of what is wrong with them. */
  readonly targets: Config["targets"];
  /** Everything that can be known without a server; see `ConfigSource.target`. Each call begins anew. */
  resolve(target?: string): Promise<Config>;
}

/** `OpenConfig.resolve` for the target of `source`. */
export async function loadConfig(source: ConfigSource, registry: KindRegistry): Promise<Config> {
  return (await openConfig(source, registry)).resolve(source.target);
}

/**
 * Reads the files, once for all targets. Never throws for a mistake of the user's: what is wrong is among the findings of
 * `resolve`, all of it.
 */
export async function openConfig(source: ConfigSource, registry: KindRegistry): Promise<OpenConfig> {
  const { files, findings: missing } = await findFiles(source.paths, source.cwd);
  const findings: Finding[] = [...missing];
  const sources = new Map<string, string>();
  const documents: SourceDocument[] = [];
  let isComplete = missing.length === 0;
  for (const found of files) {
    const read = await readFound(found, source);
    if ("finding" in read) {
      findings.push(read.finding);
      isComplete = false;
      continue;
    }
    sources.set(found.file, read.text);
    const folder = found.path === undefined ? source.cwd : dirname(found.path);
    const parsed = parseYaml(found.file, folder, read.text);
    findings.push(...parsed.findings);
    if (parsed.document === undefined) isComplete = false;
    else documents.push(parsed.document);
  }
  if (documents.length === 0) return { targets: new Map(), resolve: async () => nothing(findings, sources) };
  const { env, vars } = source;
  const check = await loadSchemaCheck();
  const common = {
    documents,
    isComplete,
    registry,
    env,
    allowed: allowedEnv(env),
    vars,
    check,
    readFile: fileReader(),
  };
  return {
    targets: targetsOf(common),
    resolve: async (target) => {
      // What becomes of a text depends on the target, and is kept with its document.
      const fresh = documents.map((document) => ({ ...document, interpolated: new Map() }));
      const resolved = await resolveConfig({ ...common, documents: fresh, target });
      return { ...resolved, findings: [...findings, ...resolved.findings].toSorted(compareFindings), sources };
    },
  };
}

function nothing(findings: readonly Finding[], sources: Config["sources"]): Config {
  return {
    findings: findings.toSorted(compareFindings),
    sources,
    secrets: [],
    project: "",
    entities: [],
    openWebUI: [],
    moves: [],
    policy: usualPolicy,
    targets: new Map(),
  };
}

async function readFound({ file, path }: FoundFile, source: ConfigSource): Promise<ReadResult> {
  if (path !== undefined) return readSource(file, path);
  return decodeSource(file, Buffer.from(await source.readStdin(), "utf8"));
}

/** Each file is read once, however many monitors share a certificate. */
function fileReader(): (folder: string, path: string) => ReturnType<Variables["readFile"]> {
  const known = new Map<string, ReturnType<Variables["readFile"]>>();
  return (folder, path) => {
    const absolute = resolve(folder, path);
    const result = known.get(absolute) ?? readIncluded(absolute);
    known.set(absolute, result);
    return result;
  };
}

/** A picture is no text, and has one in the form that browsers and servers pass around. */
function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, pngSignature.length).equals(pngSignature);
}

function readIncluded(path: string): ReturnType<Variables["readFile"]> {
  try {
    const about = statSync(path);
    if (!about.isFile() && !about.isFIFO()) return { reason: "it is not a file" };
    if (about.size > maxIncludedBytes) return { reason: "it is larger than 1 MB" };
    const bytes = readFileSync(path);
    if (isPng(bytes)) return { text: `data:image/png;base64,${bytes.toString("base64")}` };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/u, "");
    // A missing value is never an empty text.
    return text === "" ? { reason: "it is empty" } : { text };
  } catch (error) {
    return { reason: error instanceof TypeError ? "it is not text" : reasonOf(error) };
  }
}
