/** From parsed files to a configuration. Pure but for `readFile`, which `${file:…}` needs. */
import { isScalar } from "yaml";
import type { KindRegistry } from "../kinds/kind.ts";
import { keyPattern, removalNames, type EntityKey, type KindName, type Policy, type Removal } from "../model/entity.ts";
import { compareFindings, hasErrors, type Finding } from "../model/finding.ts";
import type { SourceSpan } from "../model/source-span.ts";
import { slug } from "../model/slug.ts";
import { pointerTo } from "../model/json.ts";
import type { AllowedEnv } from "./values/allowed-env.ts";
import type { Config } from "./config.ts";
import { absentNote } from "./sections/absent-note.ts";
import { createContexts } from "./values/contexts.ts";
import { distinctFindings } from "./source/distinct-findings.ts";
import { readDraft, type AboutEntity } from "./expand/draft.ts";
import { expandBlocks, leftOutByOverride } from "./expand/expand-blocks.ts";
import { expandServices, keysOfServiceLoop } from "./expand/expand-services.ts";
import { keysOfLoop, unusedIn } from "./expand/expand-loop.ts";
import { createInheritedDefaults } from "./expand/inherited-defaults.ts";
import { createTemplates } from "./expand/read-templates.ts";
import { createRowFiles } from "./expand/row-files.ts";
import { readEnvelope, type Envelope } from "./sections/envelope.ts";
import { createNearKey } from "./sections/full-key.ts";
import type { OutsideValues } from "./values/outside/outside-values.ts";
import { fixAt } from "./source/repair.ts";
import { resolved, spanOf, type YamlPlace } from "./source/positions.ts";
import { placeholderNote, withoutGuesses } from "./values/placeholder-findings.ts";
import { readAdoptions, type Adoption } from "./sections/read-adoptions.ts";
import { readDefaults, type ReadDefaults } from "./sections/read-defaults.ts";
import { entityFrom } from "./sections/read-entity.ts";
import { readMoves } from "./sections/read-moves.ts";
import { readServices } from "./sections/read-services.ts";
import { readPolicy } from "./sections/read-policy.ts";
import { declaredTargets, readTargetServers, varsOn, type DeclaredTarget } from "./sections/read-targets.ts";
import { holdsSecret, isBroken } from "./values/provenance.ts";
import { readValue, type ReadContext } from "./values/read-value.ts";
import type { ReadFrom } from "./sections/read-tests.ts";
import { createRelations } from "./rules/relations.ts";
import { checkRules } from "./rules/rules.ts";
import type { RuleInput } from "./rules/rule.ts";
import { expandSelectors } from "./selectors/expand-selectors.ts";
import type { Silencing } from "./silencing/silencing.ts";
import type { SourceDocument } from "./source/source-document.ts";

export interface ResolveInput {
  readonly documents: readonly SourceDocument[];
  /**
   * False when a file could not be read or parsed. Its declarations are unknown, so nothing may be reported as missing.
   */
  readonly isComplete: boolean;
  readonly registry: KindRegistry;
  readonly outside: OutsideValues;
  /** Which environment variables the files may name. */
  readonly allowed: AllowedEnv;
  readonly vars: Readonly<Record<string, string>>;
  readonly readFile: ReadFrom;
}

/** The servers of a configuration; `resolveConfig` reports the findings about them. */
export function targetsOf(input: ResolveInput): Config["targets"] {
  const envelope = readEnvelope(input.documents, input.registry, ignore);
  const declared = declaredTargets(envelope.targets, ignore);
  const contexts = createContexts(input, { targets: [...declared.values()], onSecret: ignore });
  return readTargetServers(declared, {
    vars: envelope.vars,
    allowed: input.allowed,
    contexts,
    report: ignore,
  });
}

const ignore = (): void => undefined;

/** For a target as in `ConfigSource`. */
export async function resolveConfig(input: ResolveInput & { readonly target: string | undefined }): Promise<
  Omit<Config, "sources" | "silencing"> &
    Pick<Silencing, "levels"> & {
      /** The texts of the files that loops name, as in `sources`. */
      readonly rowFiles: ReadonlyMap<string, string>;
    }
> {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  const secrets = new Set<string>();
  const envelope = readEnvelope(input.documents, input.registry, report);
  const declared = declaredTargets(envelope.targets, report);
  const contexts = createContexts(input, {
    targets: [...declared.values()],
    onSecret: (text) => void secrets.add(text),
  });
  const chosen = chosenTarget(input.target, declared);
  const absent = new Map<string, SourceSpan>();
  const onAbsent = (name: string, at: () => SourceSpan): void => {
    if (!absent.has(name)) absent.set(name, at());
  };
  const { contextFor, vars } = contexts(varsOn(chosen, envelope.vars), report, onAbsent);
  const options = { registry: input.registry, contextFor, report };
  if (input.isComplete) reportMissing(envelope, input.documents, report);
  checkVersion(envelope.versions, report);
  const project = readProject(envelope.projects, contextFor, report);
  const targets = readTargetServers(declared, {
    vars: envelope.vars,
    allowed: input.allowed,
    contexts,
    report,
  });
  const adoptions = readAdoptions(envelope.adopt, options);
  const defaults = readDefaults(envelope.defaults, options);
  const { policy: stated, levels } = readPolicy(envelope, options);
  const policy = { ...stated, ...removalsIn(defaults.byKind) };
  const about = createAbout({ chosen, adoptions, policy, contextFor });
  const templates = createTemplates({ ...options, written: envelope.templates });
  const drafting = { about, templates, contextFor };
  const rowFiles = createRowFiles(input.readFile, report);
  const switches = {
    contextFor,
    overrideOf: (key: EntityKey) => about(key).override?.place,
    templates,
  };
  const expanded = expandBlocks(envelope.entities, { ...switches, files: rowFiles, report });
  const written = expanded.blocks.flatMap(({ row, ...block }) => {
    const forRow = (at: YamlPlace): ReadContext => contextFor(at, row);
    return (
      readDraft({ ...block, context: block.context ?? forRow(block.place) }, { ...drafting, contextFor: forRow }) ?? []
    );
  });
  const services = expandServices(envelope.services, { contextFor, files: rowFiles, report });
  const { blocks } = services;
  const presets = await readServices({ ...input, ...options, ...drafting, blocks, taken: expanded.declared });
  const byOverride = leftOutByOverride(presets.declared.keys(), switches);
  const leftOut = new Map([...expanded.leftOut, ...services.leftOut, ...byOverride]);
  const loops = [...expanded.loops, ...services.loops];
  const drafts = [...written, ...presets.drafts.filter(({ key }) => !leftOut.has(key))];
  const inherited = createInheritedDefaults(defaults, drafts);
  const read = drafts.flatMap(
    (draft) => entityFrom(draft, { defaults: inherited, about, readFile: input.readFile }) ?? [],
  );
  const entities = expandSelectors(read, report);
  // A loop without objects may use templates.
  const areAllUsing = expanded.loops.every(({ objects }) => objects.length > 0);
  if (input.isComplete && areAllUsing) templates.unused().forEach(report);
  loops
    .filter(({ isComplete }) => isComplete)
    .flatMap((loop) => unusedIn(loop))
    .forEach(report);
  const made = [...presets.declared].filter(([key]) => !leftOut.has(key));
  const keys = new Map([...made, ...expanded.declared]);
  const known: RuleInput = {
    ...createRelations(entities),
    entities,
    declared: keys,
    leftOut,
    nearKey: createNearKey(keys),
    isComplete: input.isComplete && presets.isComplete && expanded.isComplete && services.isComplete,
    services: presets.services,
    registry: input.registry,
    targets: [...declared.values()],
    adoptions,
  };
  const moves = readMoves(envelope.moved, { ...options, ...known, loops });
  const broken = withoutGuesses(await checkRules(known), known.entities);
  const notes = [absentNote(absent) ?? [], placeholderNote(known.entities) ?? []].flat();
  const all = distinctFindings([...findings, ...broken, ...notes]).toSorted(compareFindings);
  return {
    // Whom a monitor notifies is the next question, once it can be applied.
    findings: hasErrors(all) ? all.filter(({ code }) => code !== "KS1616") : all,
    // Placeholders are not secrets, so texts may show them.
    secrets: input.outside.areReal ? [...secrets] : (input.outside.known?.() ?? []),
    project,
    entities: known.entities,
    services: presets.services,
    moves,
    loops: loops.map((loop) =>
      loop.isService === true ? keysOfServiceLoop(loop, keys.keys()) : keysOfLoop(loop, keys),
    ),
    policy,
    levels,
    rowFiles: rowFiles.texts,
    vars,
    targets,
    ...(chosen === undefined ? {} : { target: chosen.name }),
  };
}

/** `onRemove` under `defaults`, which also applies to objects that are no longer declared. */
function removalsIn(defaults: ReadDefaults["byKind"]): Pick<Policy, "onRemoveByKind"> {
  const said = [...defaults].flatMap(([kind, { fields }]): [KindName, Removal][] => {
    const removal = removalNames.find((name) => name === fields["onRemove"]);
    return removal === undefined ? [] : [[kind, removal]];
  });
  return said.length === 0 ? {} : { onRemoveByKind: Object.fromEntries(said) };
}

function chosenTarget(
  name: string | undefined,
  declared: ReadonlyMap<string, DeclaredTarget>,
): DeclaredTarget | undefined {
  if (name !== undefined) return declared.get(name);
  const [only, ...others] = declared.values();
  return others.length === 0 ? only : undefined;
}

/** What stands elsewhere in the configuration about one entity. */
function createAbout({
  chosen,
  adoptions,
  policy,
  contextFor,
}: {
  readonly chosen: DeclaredTarget | undefined;
  readonly adoptions: readonly Adoption[];
  readonly policy: Policy;
  readonly contextFor: (place: YamlPlace) => ReadContext;
}): AboutEntity {
  const byKey = new Map(adoptions.map((adoption) => [adoption.to, adoption]));
  return (key) => {
    const place = chosen?.overrides.get(key);
    const override =
      chosen === undefined || place === undefined
        ? undefined
        : { place, context: contextFor(place), pointer: pointerTo("targets", chosen.name, "overrides", key) };
    return { onRemove: policy.onRemove, override, adoption: byKey.get(key) };
  };
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

function checkVersion(versions: readonly YamlPlace[], report: (finding: Finding) => void): void {
  for (const place of versions) {
    const node = resolved(place.document, place.node);
    if (isScalar(node) && node.value === 1) continue;
    const message = '"version" must be 1, the version of the format';
    const at = spanOf(place, "value");
    const isText = isScalar(node) && /^["']?1(?:\.0*)?["']?$/u.test(String(node.value));
    const mended = isText ? { hint: "write 1, without quotes", ...fixAt(place, { type: "replace", value: 1 }) } : {};
    report({ code: "KS1204", severity: "error", message, at, pointer: "/version", ...mended });
  }
}

/** Empty when it is missing or wrong. */
function readProject(
  places: readonly YamlPlace[],
  contextFor: (place: YamlPlace) => ReadContext,
  report: (finding: Finding) => void,
): string {
  let project: string | undefined;
  for (const place of places) {
    const { value, provenance } = readValue(place, contextFor(place));
    if (isBroken(provenance)) continue;
    const at = spanOf(place, "value");
    const base = { severity: "error", at, pointer: "/project" } as const;
    if (holdsSecret(provenance)) {
      const hint = "use ${var:…} with --var: the project is shown in every plan";
      report({ ...base, code: "KS1104", message: "the project cannot come from ${env:…} or ${file:…}", hint });
    } else if (typeof value !== "string") {
      report({ ...base, code: "KS1202", message: '"project" must be text', hint: "quote it" });
    } else if (!new RegExp(keyPattern, "u").test(value)) {
      const rule = "letters, digits, dot, dash and underscore, a letter or digit first";
      const plain = slug(value);
      const hint = plain === "" ? rule : `write ${plain}: ${rule}`;
      report({ ...base, code: "KS1207", message: `"${value.slice(0, 60)}" cannot be a project`, hint });
    } else if (project !== undefined && project !== value) {
      const message = `the project is "${value}" here and "${project}" in another file`;
      report({ ...base, code: "KS1305", message });
    } else project = value;
  }
  return project ?? "";
}
