/** An import as YAML: quoted where it must be, short things on one line, and comments that say what to do. */
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  visit,
  type ParsedNode,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { KindRegistry } from "../kinds/kind.ts";
import { localKey } from "../model/entity.ts";
import type { Imported, ImportedEntity } from "./imported.ts";

/** One file's part of an import. */
export interface FileContent {
  /** The entities of this file, in order. */
  readonly entities: readonly ImportedEntity[];
  /** Without them the file is part of a configuration; another file has them. */
  readonly isMain: boolean;
}

/** Lines are not folded: a long query stays one line. */
const layout = {
  lineWidth: 0,
  blockQuote: "literal",
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** A longer list or mapping gets one line for each item. */
const longestFlow = 80;

export function yamlText(imported: Imported, { entities, isMain }: FileContent, registry: KindRegistry): string {
  const { project, defaults } = imported;
  const document = new Document(isMain ? { version: 1, project } : {});
  document.commentBefore = headerOf(imported, isMain);
  const root = document.contents as unknown as YAMLMap;
  const addSection = (name: string, section: unknown): void => {
    const key = document.createNode(name) as Scalar;
    key.spaceBefore = true;
    root.add(document.createPair(key, section));
  };
  if (isMain && defaults !== undefined) addSection("defaults", defaults);
  for (const kind of registry.values()) {
    const own = entities.filter((entity) => entity.kind === kind.name);
    if (own.length === 0) continue;
    const only = kind.onlyKey === undefined ? undefined : own[0];
    addSection(kind.section, only === undefined ? sectionOf(own, document) : only.fields);
  }
  const list = isMain ? variableList(imported) : "";
  if (list !== "") document.comment = list;
  tidy(document);
  return harmless(document.toString(layout));
}

/**
 * The file is looked at in a terminal, in the log of a runner and in a review, so control characters and invisible ones
 * are written as escapes: in double quotes, where that changes no value, or in a comment.
 */
function harmless(text: string): string {
  return text
    .replaceAll(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, (character) => {
      const hex = (character.codePointAt(0) ?? 0).toString(16);
      return hex.length > 4 ? String.raw`\U${hex.padStart(8, "0")}` : String.raw`\u${hex.padStart(4, "0")}`;
    })
    .replaceAll("##[", String.raw`#\x23[`);
}

function headerOf({ server, project, changedByApply, declaredElsewhere }: Imported, isMain: boolean): string {
  // A single space becomes a bare `#`.
  if (!isMain) return ` Part of the configuration of project ${project}; see common.yaml.`;
  return [
    " yaml-language-server: $schema=./config.schema.json",
    " ",
    ` Imported by kuma-sync from ${oneLine(server.url)}, Uptime Kuma ${oneLine(server.version)}.`,
    " ",
    `   kuma-sync plan     shows what would change: ${plannedChanges(changedByApply)}`,
    "   kuma-sync apply    adopts every object that has an `adopt`; you can delete those lines afterwards",
    "   kuma-sync schema > config.schema.json   lets an editor complete and check this file",
    ...(declaredElsewhere.length === 0
      ? []
      : [
          " ",
          " This file refers to objects of the project that it does not declare. Use it together with the file that does:",
          ...declaredElsewhere.map((key) => `   ${key}`),
        ]),
  ].join("\n");
}

function plannedChanges(count: number): string {
  if (count === 0) return "only the adoptions";
  return `the adoptions, and ${count === 1 ? "1 field" : `${count} fields`} that cannot be written as YAML`;
}

/** Keys with their entities; what cannot be managed yet stands as a comment before the next one. */
function sectionOf(entities: readonly ImportedEntity[], document: Document): YAMLMap {
  const section = document.createNode({}) as YAMLMap;
  let waiting: string[] = [];
  let previous: ImportedEntity | undefined;
  for (const entity of entities) {
    if (entity.obstacle !== undefined) {
      waiting.push(asComment(entity, entity.obstacle));
      continue;
    }
    const pair = document.createPair(localKey(entity.key), entity.fields) as Pair<Scalar, YAMLMap>;
    const heading = groupComment(entity, entities);
    const comments = heading.length === 0 ? waiting : [...waiting, ...heading];
    // An empty line at the end, so that what is not managed does not look like a remark on the next one.
    if (comments.length > 0) pair.key.commentBefore = comments.join("\n\n") + (comments === waiting ? "\n" : "");
    if (previous !== undefined && entity.kind !== "tag") pair.key.spaceBefore = true;
    if (entity.kind === "tag" && pair.value !== null) pair.value.flow = true;
    section.add(pair);
    waiting = [];
    previous = entity;
  }
  if (waiting.length > 0) section.comment = waiting.join("\n\n");
  return section;
}

/** Written above each outermost group, as a visible separator. */
function groupComment({ name, key, group }: ImportedEntity, entities: readonly ImportedEntity[]): readonly string[] {
  if (group !== key) return [];
  const inside = entities.filter((entity) => entity.group === key).length - 1;
  return inside === 0 ? [] : [` ${oneLine(name)}: ${inside === 1 ? "1 monitor" : `${inside} monitors`}`];
}

function asComment({ key, fields }: ImportedEntity, obstacle: string): string {
  const document = new Document({ [localKey(key)]: fields });
  tidy(document);
  const lines = document.toString(layout).trimEnd().split("\n");
  return [` Not managed yet: ${obstacle}.`, ...lines.map((line) => ` ${line}`)].join("\n");
}

function variableList({ variables }: Imported): string {
  if (variables.length === 0) return "";
  const names = variables.map(({ name }) => `   ${name}`);
  return [" To be set in the environment, for what is secret:", " ", ...names].join("\n");
}

/** Mappings and lists of scalars go on one line where they fit; what block scalars would change is quoted. */
function tidy(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      // A block scalar would normalise other line breaks, and may end in none of its own.
      if (typeof node.value === "string" && needsQuotes(node.value)) node.type = "QUOTE_DOUBLE";
    },
    Seq(_key, node) {
      if (isShort(node)) node.flow = true;
    },
    Pair(_key, { key, value }) {
      const isOneLine = isScalar(key) && (key.value === "adopt" || key.value === "parent");
      if (isOneLine && isMap(value)) value.flow = true;
    },
  });
  visit(document, {
    Seq(_key, node) {
      // A mapping in a list that is not on one line: short ones stay together.
      if (node.flow !== true) for (const item of node.items) if (isMap(item) && isShort(item)) item.flow = true;
      pad(node, "");
    },
    Map(_key, node) {
      pad(node, " ");
    },
  });
}

/** Braces have room inside and brackets have none, as formatters write them; the library knows one rule for both. */
function pad(node: YAMLMap | YAMLSeq, flowCollectionPadding: "" | " "): void {
  const write = node.toString.bind(node);
  node.toString = (context, ...rest) =>
    write(context === undefined ? undefined : { ...context, flowCollectionPadding }, ...rest);
}

function isShort(node: YAMLMap | ParsedNode | { readonly items: readonly unknown[] }): boolean {
  const text = JSON.stringify(node);
  return text.length <= longestFlow && !text.includes(String.raw`\n`) && depthOf(node) <= 2;
}

function depthOf(node: unknown): number {
  if (isSeq(node)) return 1 + Math.max(0, ...node.items.map(depthOf));
  if (isMap(node)) return 1 + Math.max(0, ...node.items.map(({ value }) => depthOf(value)));
  return 0;
}

/**
 * Also for what a runner of workflows takes for a command, wherever its line begins, and for texts of several lines
 * that begin or end in blanks: a block scalar takes those for its indentation, and loses them.
 */
function needsQuotes(text: string): boolean {
  if (text.includes("\n") && /^\s|[ \t]\n?$/u.test(text)) return true;
  return /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]|##\[|^\s*::/mu.test(text);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, " ");
}
