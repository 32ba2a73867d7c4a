/** From parsed files to a configuration. Pure but for `readFile`, which `${file:…}` needs. */
import { isScalar } from "yaml";
import type { Kind, KindRegistry } from "../kinds/kind.ts";
import type { KindName } from "../model/entity.ts";
import { compareFindings, type Finding } from "../model/finding.ts";
import type { Config, WrittenEntity } from "./config.ts";
import { distinctFindings } from "./distinct-findings.ts";
import { keyPattern, readEnvelope, type Envelope } from "./envelope.ts";
import { interpolate, type Variable, type Variables } from "./interpolate.ts";
import { resolved, spanOf, type Place } from "./positions.ts";
import { readDefaults } from "./read-defaults.ts";
import { readEntity, type ReadDefaults } from "./read-entity.ts";
import { readOpenWebUI } from "./read-open-webui.ts";
import { aliasBudget, readValue, type ReadContext } from "./read-value.ts";
import type { ReadBeside } from "./read-tests.ts";
import { readVariables } from "./read-variables.ts";
import { checkRules } from "./rules.ts";
import type { SchemaCheck } from "./schema-check.ts";
import type { SourceDocument } from "./source-document.ts";

export interface ResolveInput {
  readonly documents: readonly SourceDocument[];
  /** False when a file could not be read or parsed: what it declares is unknown, so nothing can be called missing. */
  readonly isComplete: boolean;
  readonly registry: KindRegistry;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly check: SchemaCheck;
  readonly readFile: (folder: string, path: string) => ReturnType<Variables["readFile"]>;
}

export async function resolveConfig(input: ResolveInput): Promise<Omit<Config, "sources">> {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  const secrets = new Set<string>();
  const budget = { left: aliasBudget };
  const envelope = readEnvelope(input.documents, input.registry, report);
  const contextFor =
    (vars: ReadonlyMap<string, Variable>) =>
    ({ document }: Place): ReadContext => {
      const variables: Variables = {
        env: input.env,
        vars,
        readFile: (path) => input.readFile(document.folder, path),
        onSecret: (text) => void secrets.add(text),
      };
      return { document, budget, report, interpolate: (text) => interpolate(text, variables) };
    };
  const vars = readVariables(envelope.vars, input.vars, (place) => {
    const context = contextFor(new Map())(place);
    return { ...context, interpolate: (text) => withoutVariables(context.interpolate(text)) };
  });
  const context = contextFor(vars);
  if (input.isComplete) reportMissing(envelope, input.documents, report);
  checkVersion(envelope.versions, report);
  const project = readProject(envelope.projects, context, report);
  const defaults = readAllDefaults(input, envelope, context);
  const presets = readOpenWebUI({ ...input, envelope, defaults: defaults.get("monitor"), contextFor: context, report });
  const entities = [...readEntities(input, envelope, { defaults, contextFor: context }), ...presets.monitors];
  const rulesInput = {
    entities,
    declared: new Map([...presets.declared, ...envelope.entities]),
    isComplete: input.isComplete && presets.isComplete,
    openWebUI: presets.instances,
  };
  findings.push(...(await checkRules(rulesInput)));
  const { instances: openWebUI } = presets;
  return {
    findings: distinctFindings(findings).toSorted(compareFindings),
    secrets: [...secrets],
    project,
    entities,
    openWebUI,
  };
}

type AllDefaults = ReadonlyMap<KindName, ReadDefaults>;

function readAllDefaults(
  { registry, check }: ResolveInput,
  { defaults }: Envelope,
  contextFor: (place: Place) => ReadContext,
): AllDefaults {
  const read = new Map<KindName, ReadDefaults>();
  for (const [name, places] of defaults) {
    const kind: Kind | undefined = registry.get(name);
    if (kind !== undefined) read.set(name, readDefaults(kind, places, { check, contextFor }));
  }
  return read;
}

function readEntities(
  { check, readFile: readFrom }: ResolveInput,
  { entities }: Envelope,
  { defaults, contextFor }: { readonly defaults: AllDefaults; readonly contextFor: (place: Place) => ReadContext },
): readonly WrittenEntity[] {
  return [...entities].flatMap(([key, { kind, place }]) => {
    const context = contextFor(place);
    const readFile: ReadBeside = (path) => readFrom(place.document.folder, path);
    return readEntity({ key, kind, place, context, check, readFile, defaults: defaults.get(kind.name) }) ?? [];
  });
}

/** Variables that refer to each other would need an order and could go in circles. */
function withoutVariables(result: ReturnType<typeof interpolate>): ReturnType<typeof interpolate> {
  const problems = result.problems.map(({ hint, ...problem }) =>
    problem.code === "KS1102"
      ? ({ ...problem, code: "KS1105", message: "a variable cannot refer to another variable" } as const)
      : { ...problem, ...(hint === undefined ? {} : { hint }) },
  );
  return { ...result, problems };
}

function reportMissing(
  { versions, projects }: Envelope,
  [first]: readonly SourceDocument[],
  report: (finding: Finding) => void,
): void {
  if (first === undefined) return;
  const at = first.spanAt(0, 0);
  const base = { code: "KS1203", severity: "error", at } as const;
  if (versions.length === 0)
    report({ ...base, message: 'the configuration needs "version"', hint: "write `version: 1`" });
  if (projects.length === 0) {
    const hint = "write `project: NAME`: it marks on the server what belongs to this configuration";
    report({ ...base, message: 'the configuration needs "project"', hint });
  }
}

function checkVersion(versions: readonly Place[], report: (finding: Finding) => void): void {
  for (const place of versions) {
    const node = resolved(place.document, place.node);
    if (isScalar(node) && node.value === 1) continue;
    const message = '"version" must be 1, the version of the format';
    report({ code: "KS1204", severity: "error", message, at: spanOf(place, "value"), pointer: "/version" });
  }
}

/** Empty when it is missing or wrong. */
function readProject(
  places: readonly Place[],
  contextFor: (place: Place) => ReadContext,
  report: (finding: Finding) => void,
): string {
  let project: string | undefined;
  for (const place of places) {
    const { value, secrets, broken } = readValue(place, contextFor(place));
    if (broken.length > 0) continue;
    const at = spanOf(place, "value");
    const base = { severity: "error", at, pointer: "/project" } as const;
    if (secrets.length > 0) {
      const hint = "use ${var:…} with --var: the project is shown in every plan";
      report({ ...base, code: "KS1104", message: "the project cannot come from ${env:…} or ${file:…}", hint });
    } else if (typeof value !== "string") {
      report({ ...base, code: "KS1202", message: '"project" must be text', hint: "quote it" });
    } else if (!new RegExp(keyPattern, "u").test(value)) {
      const hint = "letters, digits, dot, dash and underscore, a letter or digit first";
      report({ ...base, code: "KS1207", message: `"${value.slice(0, 60)}" cannot be a project`, hint });
    } else if (project !== undefined && project !== value) {
      const message = `the project is "${value}" here and "${project}" in another file`;
      report({ ...base, code: "KS1305", message });
    } else project = value;
  }
  return project ?? "";
}
