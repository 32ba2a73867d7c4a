/** The top level of all files, merged, before any value is read. */
import { isMap, isScalar, type ParsedNode } from "yaml";
import type { Kind, KindRegistry } from "../../kinds/kind.ts";
import { entityKey, kindIdentity, type EntityKey, type KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { guessHint } from "../../model/guess.ts";
import { keysOfItems } from "../pasted/keys-of-items.ts";
import { meantSection } from "../pasted/section-names.ts";
import { isKey } from "./full-key.ts";
import { listItems } from "../values/list-items.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import { fixAt } from "../source/repair.ts";
import { readEntries } from "../values/read-value.ts";
import type { SourceDocument } from "../source/source-document.ts";

export interface Envelope {
  /** Every place of `version:`; several files may have it. */
  readonly versions: readonly YamlPlace[];
  readonly projects: readonly YamlPlace[];
  readonly vars: ReadonlyMap<string, YamlPlace>;
  /** By kind, then by field. */
  readonly defaults: ReadonlyMap<KindName, ReadonlyMap<string, YamlPlace>>;
  readonly entities: ReadonlyMap<EntityKey, { readonly kind: Kind; readonly place: YamlPlace }>;
  /** The blocks that are turned into monitors. */
  readonly openWebUI: ReadonlyMap<string, YamlPlace>;
  readonly targets: ReadonlyMap<string, YamlPlace>;
  /** Fields of mappings that may be spread over several files. */
  readonly policy: ReadonlyMap<string, YamlPlace>;
  readonly limits: ReadonlyMap<string, YamlPlace>;
  /** Items of lists that may be spread over several files. */
  readonly moved: readonly YamlPlace[];
  readonly adopt: readonly YamlPlace[];
}

/** Top-level keys that are not sections of kinds. */
const plainSections = [
  "version",
  "project",
  "vars",
  "targets",
  "defaults",
  "policy",
  "limits",
  "openWebUI",
  "moved",
  "adopt",
];

type Report = (finding: Finding) => void;

export function readEnvelope(documents: readonly SourceDocument[], registry: KindRegistry, report: Report): Envelope {
  const versions: YamlPlace[] = [];
  const projects: YamlPlace[] = [];
  const vars = new Map<string, YamlPlace>();
  const defaults = new Map<KindName, Map<string, YamlPlace>>();
  const entities = new Map<EntityKey, { readonly kind: Kind; readonly place: YamlPlace }>();
  const openWebUI = new Map<string, YamlPlace>();
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
        if (!isEmpty(place)) addOnce(entities, entityKey(kind.name, kind.onlyKey), { kind, place }, report);
      } else if (kind !== undefined) {
        for (const [key, entity] of withoutStrays(entriesOf(place, `"${name}"`, report), kind, report)) {
          if (!isGoodKey(`a ${kind.name}`, key, entity, report)) continue;
          addOnce(entities, entityKey(kind.name, key), { kind, place: entity }, report);
        }
      } else if (name === "version") versions.push(place);
      else if (name === "project") projects.push(place);
      else if (name === "vars") {
        for (const [key, value] of entriesOf(place, '"vars"', report)) addOnce(vars, key, value, report);
      } else if (name === "openWebUI") {
        for (const [key, block] of entriesOf(place, '"openWebUI"', report)) {
          if (isGoodKey("an Open WebUI", key, block, report)) addOnce(openWebUI, key, block, report);
        }
      } else if (name === "targets") {
        for (const [key, target] of entriesOf(place, '"targets"', report)) {
          if (isGoodKey("a target", key, target, report)) addOnce(targets, key, target, report);
        }
      } else if (name === "policy" || name === "limits") {
        for (const [key, value] of entriesOf(place, `"${name}"`, report)) addOnce(settings[name], key, value, report);
      } else if (name === "moved" || name === "adopt") {
        for (const item of listItems(place, name, report)) lists[name].push(item);
      } else if (name === "defaults") addDefaults(defaults, place, registry, report);
      // Keys that start with `x-` can hold anchors; nothing reads them.
      else if (!name.startsWith("x-")) {
        const isLeftBehind = above !== undefined && isMap(resolved(document, place.node));
        const unknown = unknownKey(name, place, known, "at the top level");
        report(
          isLeftBehind ? { ...unknown, hint: `indent it: it stands beside "${above}" and not below it` } : unknown,
        );
        continue;
      }
      above = isEmpty(place) ? name : undefined;
    }
  }
  return { versions, projects, vars, defaults, entities, openWebUI, targets, ...settings, ...lists };
}

function rootPlace(document: SourceDocument): YamlPlace {
  return document.root === undefined ? { document } : { document, node: document.root };
}

/** Empty for a key without a value: `monitors:` with all its monitors commented out is not a mistake. */
export function entriesOf(place: YamlPlace, what: string, report: Report): ReadonlyMap<string, YamlPlace> {
  const node = resolved(place.document, place.node);
  if (isMap(node)) return readEntries({ ...place, node }, report);
  if (node !== undefined && isScalar(node) && node.value === null) return new Map();
  report({
    code: "KS1202",
    severity: "error",
    message: `${what} must be a mapping, not ${isScalar(node) ? "text" : "a list"}`,
    at: spanOf(place, "value"),
    hint: keysHint(node),
  });
  return new Map();
}

function keysHint(node: ParsedNode | undefined): string {
  const keys = node === undefined ? [] : keysOfItems(node);
  if (keys.length === 0) return "write each as `key: { … }`";
  const shown = keys.slice(0, 4).map((key) => `\`${key}:\``);
  const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : "";
  return `use keys in place of the dashes: ${shown.join(", ")}${more}`;
}

/**
 * Without fields that stand beside the object they belong to: `type: http` in the column of `api:`, which is empty then.
 */
function withoutStrays(
  entries: ReadonlyMap<string, YamlPlace>,
  kind: Kind,
  report: Report,
): ReadonlyMap<string, YamlPlace> {
  const kept = new Map(entries);
  const fields = new Set(["type", ...kind.variants.flatMap((variant) => Object.keys(variant.fields))]);
  let owner: string | undefined;
  let isSaid = false;
  for (const [key, place] of entries) {
    const isStray = owner !== undefined && fields.has(key) && !isMap(resolved(place.document, place.node));
    if (!isStray) {
      owner = isEmpty(place) ? key : undefined;
      isSaid = false;
      continue;
    }
    kept.delete(owner ?? "");
    kept.delete(key);
    if (!isSaid) report(strayField(key, place, owner ?? ""));
    isSaid = true;
  }
  return kept;
}

function strayField(key: string, place: YamlPlace, owner: string): Finding {
  return {
    code: "KS1202",
    severity: "error",
    message: `"${key}" stands beside "${owner}" and not below it`,
    at: spanOf(place, "key"),
    hint: `indent it, and what belongs to "${owner}" too, by two more spaces`,
  };
}

function isEmpty({ document, node }: YamlPlace): boolean {
  const value = resolved(document, node);
  return value === undefined || (isScalar(value) && value.value === null);
}

function isGoodKey(what: string, key: string, place: YamlPlace, report: Report): boolean {
  if (isKey(key)) return true;
  report({
    code: "KS1207",
    severity: "error",
    message: `"${key.slice(0, 60)}" cannot be the key of ${what}`,
    at: spanOf(place, "key"),
    hint: "keys have letters, digits, dot, dash and underscore; what people see goes under `name`",
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

function addDefaults(
  defaults: Map<KindName, Map<string, YamlPlace>>,
  place: YamlPlace,
  registry: KindRegistry,
  report: Report,
): void {
  // Shared kinds have no defaults: a tag only has a name and a colour, which tags do not share.
  const names = [...registry.keys()].filter((name) => kindIdentity[name] !== "shared");
  for (const [name, section] of entriesOf(place, '"defaults"', report)) {
    const kind = names.find((candidate) => candidate === name);
    if (kind === undefined) {
      report(unknownKey(name, section, names, 'in "defaults"'));
      continue;
    }
    const fields = defaults.get(kind) ?? new Map<string, YamlPlace>();
    defaults.set(kind, fields);
    for (const [field, value] of entriesOf(section, `"defaults.${kind}"`, report))
      addOnce(fields, field, value, report);
  }
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
