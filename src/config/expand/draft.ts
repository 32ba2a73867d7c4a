/** An object before its values are put together: what it is made of, each part read and with its origin. */
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
  /** Its own block. */
  readonly own: ReadObject;
  /** The templates that it uses, weakest first, and its own block. */
  readonly blocks: readonly ReadObject[];
  /** Of the target; none or one. */
  readonly override: readonly ReadObject[];
  /** Of a group: what it has under `defaults` for the monitors below it, weakest first. */
  readonly groupDefaults?: readonly ReadFields[];
}

/** What the configuration says about one entity outside of its block. */
interface DeclaredElsewhere {
  /** What happens to entities without an `onRemove` of their own when they are removed. */
  readonly onRemove: Removal;
  /** The override of the chosen target. */
  readonly override: Override | undefined;
  /** Its entry in `adopt:` at the top level. */
  readonly adoption: Adoption | undefined;
}

export type AboutEntity = (key: EntityKey) => DeclaredElsewhere;

export interface DraftOptions {
  readonly about: AboutEntity;
  readonly templates: Templates;
  readonly contextFor: (place: YamlPlace) => ReadContext;
}

interface DeclaredBlock extends Pick<EntityDraft, "key" | "kind" | "context"> {
  readonly place: YamlPlace;
}

/** From an object's own block. Undefined, with findings, when it cannot be read. */
export function readDraft({ place, ...block }: DeclaredBlock, options: DraftOptions): EntityDraft | undefined {
  const { key, kind, context } = block;
  const pointer = kind.onlyKey === undefined ? pointerTo(kind.section, localKey(key)) : pointerTo(kind.section);
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

/** From values that are read already; their provenance has the origin of the whole under `""`. */
export function draftFrom(
  block: Pick<EntityDraft, "key" | "kind" | "context">,
  own: ReadObject,
  options: DraftOptions,
): EntityDraft | undefined {
  const blocks = options.templates.take(block.kind, own, block.context);
  if (blocks === undefined) return undefined;
  const { override } = options.about(block.key);
  const laid = override === undefined ? undefined : readOverride(override);
  const draft = { ...block, own, blocks, override: laid === undefined ? [] : [laid] };
  const isGroup = block.kind.name === "monitor" && topValue(draft, "type") === "group";
  return isGroup ? groupFrom(draft, options) : draft;
}

/** What a draft says for a key, before it is known whether that is right; undefined when nothing does. */
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
