/** An import as YAML, with comments that say what to do. */
import type { KindRegistry } from "../kinds/kind.ts";
import { localKey } from "../model/entity.ts";
import {
  yamlFileText,
  yamlLines,
  type Paragraph,
  type YamlEntries,
  type YamlEntry,
  type YamlSection,
} from "../output/yaml/yaml-file.ts";
import type { Imported, ImportedEntity } from "./imported.ts";

/** One file's part of an import. */
export interface FileContent {
  /** The entities of this file, in order. */
  readonly entities: readonly ImportedEntity[];
  /** Undefined if another file of the configuration has them. */
  readonly isMain: boolean;
}

export function yamlText(imported: Imported, { entities, isMain }: FileContent, registry: KindRegistry): string {
  const { project, defaults, templates, adopt } = imported;
  const head: readonly YamlSection[] = [
    { name: "version", isApart: false, content: { value: 1 } },
    { name: "project", isApart: false, content: { value: project } },
    ...(defaults === undefined ? [] : [{ name: "defaults", isApart: true, content: { value: defaults } }]),
    ...(templates === undefined ? [] : [{ name: "templates", isApart: true, content: { value: templates } }]),
  ];
  const tail: readonly YamlSection[] =
    adopt === undefined ? [] : [{ name: "adopt", isApart: true, content: { value: adopt } }];
  const sections = [...registry.values()].flatMap((kind): readonly YamlSection[] => {
    const own = entities.filter((entity) => entity.kind === kind.name);
    const [only] = own;
    if (only === undefined) return [];
    const content = kind.onlyKey === undefined ? entriesOf(own) : { value: only.fields };
    return [{ name: kind.section, isApart: true, content }];
  });
  return yamlFileText({
    header: headerOf(imported, isMain),
    sections: [...(isMain ? head : []), ...sections, ...(isMain ? tail : [])],
    footer: isMain ? variableList(imported) : [],
  });
}

function headerOf({ server, project, changedByApply, declaredElsewhere }: Imported, isMain: boolean): Paragraph {
  if (!isMain) return [`Part of the configuration of project ${project}; see common.yaml.`];
  return [
    "yaml-language-server: $schema=./config.schema.json",
    "",
    `Imported by kuma-sync from ${server.url}, Uptime Kuma ${server.version}.`,
    "",
    `  kuma-sync plan     shows what would change: ${plannedChanges(changedByApply)}`,
    "  kuma-sync apply    adopts every object that has an `adopt`; you can delete those lines afterwards",
    "  kuma-sync schema > config.schema.json   lets an editor complete and check this file",
    ...(declaredElsewhere.length === 0
      ? []
      : [
          "",
          "This file refers to objects of the project that it does not declare. Use it together with the file that does:",
          ...declaredElsewhere.map((key) => `  ${key}`),
        ]),
  ];
}

function plannedChanges(count: number): string {
  if (count === 0) return "only the adoptions";
  return `the adoptions, and ${count === 1 ? "1 field" : `${count} fields`} that cannot be written as YAML`;
}

/** Keys with their entities. An entity that cannot be managed yet is a comment before the next one. */
function entriesOf(entities: readonly ImportedEntity[]): YamlEntries {
  const entries: YamlEntry[] = [];
  let waiting: Paragraph[] = [];
  for (const entity of entities) {
    if (entity.obstacle !== undefined) {
      waiting.push(asComment(entity, entity.obstacle));
      continue;
    }
    const heading = groupComment(entity, entities);
    entries.push({
      key: localKey(entity.key),
      value: entity.fields,
      comments: [...waiting, ...heading],
      // A comment about an unmanaged object must not seem to be about the next one.
      isCommentApart: heading.length === 0,
      isShort: entity.kind === "tag",
    });
    waiting = [];
  }
  return { entries, after: waiting };
}

/** The comment above each outermost group, as a visible separator. */
function groupComment({ name, key, group }: ImportedEntity, entities: readonly ImportedEntity[]): readonly Paragraph[] {
  if (group !== key) return [];
  const inside = entities.reduce((sum, entity) => sum + (entity.group === key ? (entity.count ?? 1) : 0), -1);
  return inside === 0 ? [] : [[`${name}: ${inside === 1 ? "1 monitor" : `${inside} monitors`}`]];
}

function asComment({ key, fields }: ImportedEntity, obstacle: string): Paragraph {
  return [`Not managed yet: ${obstacle}.`, ...yamlLines({ [localKey(key)]: fields })];
}

function variableList({ variables }: Imported): Paragraph {
  if (variables.length === 0) return [];
  return ["To be set in the environment, for what is secret:", "", ...variables.map(({ name }) => `  ${name}`)];
}
