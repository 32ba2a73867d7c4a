/** The top level of all files, merged, before any value is read. */
import { isMap } from "yaml";
import type { Kind, KindRegistry } from "../../kinds/kind.ts";
import { entityKey, kindIdentity, type EntityKey, type KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { guessHint } from "../../model/guess.ts";
import { meantSection } from "../pasted/section-names.ts";
import { slug } from "../../model/slug.ts";
import { isKey } from "./full-key.ts";
import { listItems } from "../values/list-items.ts";
import { childPlace } from "../source/child-place.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import { fixAt } from "../source/repair.ts";
import { entriesOf, isEmptyPlace } from "./entries-of.ts";
import { loopKeys } from "../values/loop-row.ts";
import type { WrittenDefaults } from "./read-defaults.ts";
import { withoutStrays } from "./stray-fields.ts";
import type { SourceDocument } from "../source/source-document.ts";
import type { WrittenTemplates } from "../expand/read-templates.ts";

export interface Envelope {
  /** Every place of `version:`; several files may have it. */
  readonly versions: readonly YamlPlace[];
  readonly projects: readonly YamlPlace[];
  readonly vars: ReadonlyMap<string, YamlPlace>;
  readonly defaults: WrittenDefaults;
  readonly templates: WrittenTemplates;
  readonly entities: ReadonlyMap<EntityKey, DeclaredBlock>;
  /** The blocks that are turned into monitors: those of `services`, then those of `openWebUI`. */
  readonly services: readonly ServiceBlockPlace[];
  readonly targets: ReadonlyMap<string, YamlPlace>;
  /** Fields of mappings that may be spread over several files. */
  readonly policy: ReadonlyMap<string, YamlPlace>;
  readonly limits: ReadonlyMap<string, YamlPlace>;
  /** Items of lists that may be spread over several files. */
  readonly moved: readonly YamlPlace[];
  readonly adopt: readonly YamlPlace[];
}

/** A block in the section of a kind. A loop has its written key, with expressions. */
export interface DeclaredBlock {
  readonly kind: Kind;
  readonly place: YamlPlace;
  readonly isLoop?: true;
}

/** The sections of blocks that stand for monitors: `openWebUI` is an older name for `services` of one type. */
export type ServiceSection = "services" | "openWebUI";

export interface ServiceBlockPlace {
  readonly section: ServiceSection;
  /** Of a loop with its expressions. */
  readonly key: string;
  readonly place: YamlPlace;
  readonly isLoop?: true;
}

/** Top-level keys that are not sections of kinds. */
const plainSections = [
  "version",
  "project",
  "include",
  "vars",
  "targets",
  "defaults",
  "templates",
  "policy",
  "limits",
  "services",
  "openWebUI",
  "moved",
  "adopt",
];

type Report = (finding: Finding) => void;
type Places = Map<string, YamlPlace>;

export function readEnvelope(documents: readonly SourceDocument[], registry: KindRegistry, report: Report): Envelope {
  const versions: YamlPlace[] = [];
  const projects: YamlPlace[] = [];
  const vars = new Map<string, YamlPlace>();
  const defaults = { byKind: new Map<KindName, Places>(), byType: new Map<string, Places>() };
  const templates = new Map<KindName, Places>();
  const entities = new Map<EntityKey, DeclaredBlock>();
  const services = { services: new Map<string, YamlPlace>(), openWebUI: new Map<string, YamlPlace>() };
  const targets = new Map<string, YamlPlace>();
  const settings = { policy: new Map<string, YamlPlace>(), limits: new Map<string, YamlPlace>() };
  const lists = { moved: new Array<YamlPlace>(), adopt: new Array<YamlPlace>() };
  const bySection = new Map([...registry.values()].map((kind) => [kind.section, kind]));
  const known = [...plainSections, ...bySection.keys()];
  for (const document of documents) {
    let above: string | undefined;
    for (const [name, place] of entriesOf(rootPlace(document), "the configuration", report)) {
      const kind = bySection.get(name);
      if (kind?.onlyKey !== undefined) {
        // An empty value declares nothing, like a section without entries.
        if (!isEmptyPlace(place)) addOnce(entities, entityKey(kind.name, kind.onlyKey), { kind, place }, report);
      } else if (kind !== undefined) {
        for (const [key, entity] of withoutStrays(entriesOf(place, `"${name}"`, report), kind, report)) {
          const isLoop = isLoopBlock(entity);
          if (!isLoop && !isGoodKey(`a ${kind.name}`, key, entity, report)) continue;
          const block = { kind, place: entity, ...(isLoop ? { isLoop } : {}) };
          addOnce(entities, entityKey(kind.name, key), block, report);
        }
      } else if (name === "version") versions.push(place);
      else if (name === "project") projects.push(place);
      // Followed while the files were read.
      else if (name === "include") continue;
      else if (name === "vars") {
        for (const [key, value] of entriesOf(place, '"vars"', report)) addOnce(vars, key, value, report);
      } else if (name === "services" || name === "openWebUI") {
        for (const [key, block] of entriesOf(place, `"${name}"`, report)) {
          const isGood = isLoopBlock(block) || isGoodKey(serviceWords[name], key, block, report);
          if (isGood) addOnce(services[name], key, block, report);
        }
      } else if (name === "targets") {
        for (const [key, target] of entriesOf(place, '"targets"', report)) {
          if (isGoodKey("a target", key, target, report)) addOnce(targets, key, target, report);
        }
      } else if (name === "policy" || name === "limits") {
        for (const [key, value] of entriesOf(place, `"${name}"`, report)) addOnce(settings[name], key, value, report);
      } else if (name === "moved" || name === "adopt") {
        for (const item of listItems(place, name, report)) lists[name].push(item);
      } else if (name === "defaults") addDefaults(defaults, place, { registry, report });
      else if (name === "templates") addTemplates(templates, place, { registry, report });
      // Keys that start with `x-` can hold anchors; nothing reads them.
      else if (!name.startsWith("x-")) {
        const isLeftBehind = above !== undefined && isMap(resolved(document, place.node));
        const unknown = unknownKey(name, place, known, "at the top level");
        report(
          isLeftBehind ? { ...unknown, hint: `indent it: it stands beside "${above}" and not below it` } : unknown,
        );
        continue;
      }
      above = isEmptyPlace(place) ? name : undefined;
    }
  }
  const blocks = serviceSections.flatMap((section) =>
    [...services[section]].map(([key, place]): ServiceBlockPlace => ({
      section,
      key,
      place,
      ...(isLoopBlock(place) ? { isLoop: true } : {}),
    })),
  );
  const found = { versions, projects, vars, defaults, templates, entities, services: blocks, targets };
  return { ...found, ...settings, ...lists };
}

const serviceSections = ["services", "openWebUI"] as const;
const serviceWords = { services: "a service", openWebUI: "an Open WebUI" } as const;

function isLoopBlock(place: YamlPlace): boolean {
  return childPlace(place, loopKeys.rows) !== undefined;
}

function rootPlace(document: SourceDocument): YamlPlace {
  return document.root === undefined ? { document } : { document, node: document.root };
}

function isGoodKey(what: string, key: string, place: YamlPlace, report: Report): boolean {
  if (isKey(key)) return true;
  const base = { severity: "error", at: spanOf(place, "key") } as const;
  if (key.includes("${each:")) {
    const message = `"${key.slice(0, 60)}" has no rows to take its key from`;
    report({ ...base, code: "KS1757", message, hint: "add each: with the rows to the block" });
  } else if (key.includes("${")) {
    const message = `"${key.slice(0, 60)}" cannot be the key of ${what}`;
    report({ ...base, code: "KS1207", message, hint: "in a loop, which has each: with its rows, write ${each:key}" });
  } else
    report({
      ...base,
      code: "KS1207",
      message: `"${key.slice(0, 60)}" cannot be the key of ${what}`,
      hint: keyHint(key),
    });
  return false;
}

/** A duplicate key within one file was reported before; here the first one is in another file. */
function addOnce<Key extends string, Value extends YamlPlace | { readonly place: YamlPlace }>(
  entries: Map<Key, Value>,
  key: Key,
  value: Value,
  report: Report,
): void {
  const first = entries.get(key);
  if (first === undefined) {
    entries.set(key, value);
    return;
  }
  const placeOf = (item: Value): YamlPlace => ("place" in item ? item.place : item);
  report({
    code: "KS1305",
    severity: "error",
    message: `"${key}" is declared in two files`,
    at: spanOf(placeOf(value), "key"),
    related: { message: "first here", at: spanOf(placeOf(first), "key") },
  });
}

interface AddOptions {
  readonly registry: KindRegistry;
  readonly report: Report;
}

function addDefaults(
  { byKind, byType }: { readonly byKind: Map<KindName, Places>; readonly byType: Map<string, Places> },
  place: YamlPlace,
  { registry, report }: AddOptions,
): void {
  // Shared kinds have no defaults: a tag has only a name and a colour, which tags do not share.
  const kinds = [...registry.keys()].filter((name) => kindIdentity[name] !== "shared");
  const types = registry.get("monitor")?.variants.flatMap(({ type }) => type ?? []) ?? [];
  for (const [name, section] of entriesOf(place, '"defaults"', report)) {
    const kind = kinds.find((candidate) => candidate === name);
    if (kind === undefined && !types.includes(name)) {
      const known = [...kinds, ...types];
      const isField = registry.get("monitor")?.variants.some(({ fields }) => Object.hasOwn(fields, name)) === true;
      if (isField && !isMap(resolved(section.document, section.node))) {
        report({ ...misplacedDefault(name), at: spanOf(section, "key") });
        continue;
      }
      const hint = guessHint(name, known).hint ?? `known are ${kinds.join(", ")}, and the types of monitors`;
      report({ ...unknownKey(name, section, known, 'in "defaults"'), hint });
      continue;
    }
    const fields = kind === undefined ? placesOf(byType, name) : placesOf(byKind, kind);
    for (const [field, value] of entriesOf(section, `"defaults.${name}"`, report))
      addOnce(fields, field, value, report);
  }
}

/** Templates are for monitors, unless they stand under the name of another kind. */
function addTemplates(templates: Map<KindName, Places>, place: YamlPlace, { registry, report }: AddOptions): void {
  const kinds = [...registry.values()].flatMap(({ name, onlyKey }) => (onlyKey === undefined ? [name] : []));
  const add = (kind: KindName, name: string, template: YamlPlace): void => {
    if (isGoodKey("a template", name, template, report)) addOnce(placesOf(templates, kind), name, template, report);
  };
  for (const [name, template] of entriesOf(place, '"templates"', report)) {
    const kind = kinds.find((candidate) => candidate === name);
    if (kind === undefined) add("monitor", name, template);
    else for (const entry of entriesOf(template, `"templates.${kind}"`, report)) add(kind, ...entry);
  }
}

function placesOf<Name>(all: Map<Name, Places>, name: Name): Places {
  const places = all.get(name) ?? new Map<string, YamlPlace>();
  all.set(name, places);
  return places;
}

function keyHint(key: string): string {
  const rule = "keys have letters, digits, dot, dash and underscore; what people see goes under `name`";
  const plain = slug(key);
  return plain === "" ? rule : `write \`${plain}:\`; ${rule}`;
}

function misplacedDefault(name: string): Omit<Finding, "at"> {
  const hint = `defaults are by kind: write \`monitor: { ${name}: … }\``;
  return { code: "KS1201", severity: "error", message: `unknown key "${name}" in "defaults"`, hint };
}

function unknownKey(name: string, place: YamlPlace, known: readonly string[], where: string): Finding {
  const meant = meantSection(name, known);
  const guessed = meant ?? guessHint(name, known);
  const all = known.length > 12 ? "all keys: kuma-sync explain configuration" : `known are ${known.join(", ")}`;
  return {
    code: "KS1201",
    severity: "error",
    message: `unknown key "${name}" ${where}`,
    at: spanOf(place, "key"),
    hint: guessed.hint ?? all,
    ...fixAt(place, meant?.repair),
  };
}
