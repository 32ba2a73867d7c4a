/** A draft is an object before its parts are merged: each part is read and has its origin. */
import { meantObject } from "../pasted/meant-object.ts";
import type { Kind } from "../../kinds/kind.ts";
import { localKey, type EntityKey, type Removal } from "../../model/entity.ts";
import { isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import { entriesOf } from "../sections/entries-of.ts";
import { readOverride, type Override } from "../sections/override.ts";
import type { Adoption } from "../sections/read-adoptions.ts";
import { readGroupDefaults } from "../sections/read-defaults.ts";
import type { ReadFields } from "../sections/read-fields.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { holdsSecret, writtenAt } from "../values/provenance.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";
import type { Templates } from "./read-templates.ts";
import { withoutKeys } from "./without-keys.ts";

export interface EntityDraft {
  readonly key: EntityKey;
  readonly kind: Kind;
  readonly context: ReadContext;
  /** The object's own block. */
  readonly own: ReadObject;
  /** The templates that the object uses, weakest first, and then its own block. */
  readonly blocks: readonly ReadObject[];
  /** The override of the target; none or one. */
  readonly override: readonly ReadObject[];
  /** The `defaults` of a group for the monitors below it, weakest first. Only groups have them. */
  readonly groupDefaults?: readonly ReadFields[];
}

/** What the configuration says about one entity outside its block. */
interface DeclaredElsewhere {
  /** What happens when an entity without its own `onRemove` is removed from the configuration. */
  readonly onRemove: Removal;
  /** The override of the chosen target. */
  readonly override: Override | undefined;
  /** The entity's entry in `adopt:` at the top level. */
  readonly adoption: Adoption | undefined;
}

export type AboutEntity = (key: EntityKey) => DeclaredElsewhere;

export interface DraftOptions {
  readonly about: AboutEntity;
  readonly templates: Templates;
  readonly contextFor: (place: YamlPlace) => ReadContext;
}

interface PlacedBlock extends Pick<EntityDraft, "key" | "kind" | "context"> {
  readonly place: YamlPlace;
  /** Of a loop, the key in the file. */
  readonly writtenKey?: EntityKey;
}

/** Reads the draft of an object from its own block. Undefined, with findings, if that cannot be read. */
export function readDraft(
  { place, writtenKey, ...block }: PlacedBlock,
  options: DraftOptions,
): EntityDraft | undefined {
  const { key, kind, context } = block;
  const pointer =
    kind.onlyKey === undefined ? pointerTo(kind.section, localKey(writtenKey ?? key)) : pointerTo(kind.section);
  const { value, provenance } = readValue(place, context, { by: "object", place, pointer });
  if (provenance.get("")?.isBroken === true) return undefined;
  const at = spanOf(place, "key");
  const base = { severity: "error", at, entity: key } as const;
  if (!isJsonObject(value)) {
    const found = value === null ? "nothing" : Array.isArray(value) ? "a list" : "text";
    const name = kind.onlyKey === undefined ? localKey(key) : kind.section;
    const hint = holdsSecret(provenance) ? undefined : meantObject(kind, name, value);
    const message = `"${name}" must be a mapping, not ${found}`;
    context.report({ ...base, code: "KS1202", message, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
  return draftFrom(block, { value, provenance }, options);
}

/** Makes a draft from values that are already read; their provenance has the origin of the object at `""`. */
export function draftFrom(
  block: Pick<EntityDraft, "key" | "kind" | "context">,
  own: ReadObject,
  options: DraftOptions,
): EntityDraft | undefined {
  const blocks = options.templates.take(block.kind, own, block);
  if (blocks === undefined) return undefined;
  const { override } = options.about(block.key);
  const laid = override === undefined ? undefined : readOverride(override);
  const draft = { ...block, own, blocks, override: laid === undefined ? [] : [laid] };
  const isGroup = block.kind.name === "monitor" && topValue(draft, "type") === "group";
  return isGroup ? groupFrom(draft, options) : draft;
}

/** The draft's value for a key, before it is validated; undefined if no part has the key. */
export function topValue(
  { blocks, override }: Pick<EntityDraft, "blocks" | "override">,
  name: string,
): Json | undefined {
  return [...blocks, ...override].findLast(({ value }) => Object.hasOwn(value, name))?.value[name];
}

const defaultsKey = "defaults";

function groupFrom(draft: EntityDraft, { contextFor }: DraftOptions): EntityDraft {
  const { key, kind, context, blocks } = draft;
  const group = localKey(key);
  const groupDefaults = blocks
    .filter(({ value }) => Object.hasOwn(value, defaultsKey))
    .map(({ provenance }) => {
      const { place, pointer } = writtenAt(provenance, pointerTo(defaultsKey));
      const places = entriesOf(place, `the defaults of group "${group}"`, (finding) => context.report(finding));
      return readGroupDefaults(kind, { places, group, pointer }, { contextFor });
    });
  return { ...draft, blocks: blocks.map((block) => withoutKeys(block, [defaultsKey])), groupDefaults };
}
