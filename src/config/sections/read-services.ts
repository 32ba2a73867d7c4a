/**
 * The blocks of services: turns each into ordinary monitors, and keeps the places of its values and which of them are
 * secret.
 */
import type { KindRegistry } from "../../kinds/kind.ts";
import { entityKey, localKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { isEqualJson, isWithin, pointerTo, valueAt, type Json, type JsonPointer } from "../../model/json.ts";
import { expandBlock, type ExpandedMonitor } from "../../services/blocks/expand-block.ts";
import type { DeclaredService } from "../config.ts";
import { readServiceBlock, type ReadBlock } from "./read-service-block.ts";
import { serviceWords } from "./service-words.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { DeclaredServiceBlock } from "../expand/expand-services.ts";
import { draftFrom, type DraftOptions, type EntityDraft } from "../expand/draft.ts";
import type { LoopRow } from "../values/loop-row.ts";
import { placesWith, withFacts, type KnownValue, type Provenance } from "../values/provenance.ts";

export interface ReadServices {
  readonly drafts: readonly EntityDraft[];
  /** Every key that a block stands for. */
  readonly declared: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  /** False if a block could not be read: its monitors are unknown, so no key can be called missing. */
  readonly isComplete: boolean;
  readonly services: readonly DeclaredService[];
}

interface ReadInput extends DraftOptions {
  readonly blocks: readonly DeclaredServiceBlock[];
  /** The objects that are declared without it. */
  readonly taken: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  readonly registry: KindRegistry;
  report(finding: Finding): void;
}

export async function readServices(input: ReadInput): Promise<ReadServices> {
  const drafts: EntityDraft[] = [];
  const declared = new Map<EntityKey, { readonly place: YamlPlace }>();
  const services: DeclaredService[] = [];
  let isComplete = true;
  for (const written of input.blocks) {
    const block = await readServiceBlock(written);
    if (block === undefined) {
      isComplete = false;
      continue;
    }
    const expanded = expandBlock(block.service, block.key, block.written);
    for (const problem of expanded.problems) {
      const { place, pointer } = block.originAt(problem.pointer);
      const secrets = placesWith(block.provenance, "isSecret");
      const isSecret = isWithin(problem.pointer, secrets) || isWithin("/url", secrets);
      input.report({ ...serviceWords(problem, isSecret), at: spanOf(place, "value"), pointer });
    }
    if (expanded.problems.some(({ severity }) => severity === "error")) isComplete = false;
    // Its address may be the mistake.
    else services.push({ key: block.key, type: block.type, written: block.written });
    const made = Object.entries(expanded.monitors).map(([local, monitor]) => {
      const from = block.originAt(monitor.origins[""] ?? "").place;
      return { local, monitor, from, key: entityKey("monitor", local) };
    });
    const taken = made.filter(({ local, from, key: id }) => {
      const other = input.taken.get(id) ?? declared.get(id);
      if (other !== undefined) input.report(declaredTwice(local, from, other.place));
      return other !== undefined;
    });
    const free = made.filter((one) => !taken.includes(one));
    for (const { from, key: id } of free) declared.set(id, { place: from });
    // Without the group, nothing else can be checked.
    if (taken.some(({ monitor }) => monitor.written["type"] === "group")) {
      isComplete = false;
      continue;
    }
    for (const { monitor, from, key: id } of free) {
      drafts.push(...readMonitor(id, monitor, { ...input, block, place: from, row: written.row }));
    }
  }
  return { drafts, declared, isComplete, services };
}

function readMonitor(
  key: EntityKey,
  { written, origins }: ExpandedMonitor,
  input: ReadInput & { readonly block: ReadBlock; readonly place: YamlPlace; readonly row: LoopRow | undefined },
): readonly EntityDraft[] {
  const { block, place, row } = input;
  const kind = input.registry.get("monitor");
  if (kind === undefined) return [];
  const context = input.contextFor(place);
  const placeholder = context.areSecretsReal ? {} : ({ placeholder: "usual" } as const);
  const held = holding(block.secretTexts, written).map((at) => [at, { isSecret: true, ...placeholder }] as const);
  const from = Object.entries(origins).map(([at, pointer]): readonly [JsonPointer, KnownValue] => [
    at,
    { origin: block.originAt(pointer), ...(at === "" && row !== undefined ? { loopRow: row.place } : {}) },
  ]);
  const known = withFacts(carried(block, written, origins), new Map<JsonPointer, KnownValue>(held));
  const made = [...(block.made.get(localKey(key)) ?? [])].map(([at, parts]) => {
    const unread = parts ?? known.get(at)?.parts;
    return [at, { isSecret: true, ...placeholder, ...(unread === undefined ? {} : { parts: unread }) }] as const;
  });
  const carriedOver = withFacts(known, new Map<JsonPointer, KnownValue>(made));
  const read = { value: written, provenance: withFacts(carriedOver, new Map<JsonPointer, KnownValue>(from)) };
  return [draftFrom({ key, kind, context }, read, input) ?? []].flat();
}

/**
 * The provenance of the block's values at their places in a monitor: at a value that was copied from the block, or at
 * the nearest place above it.
 */
function carried(
  { provenance, written: block }: Pick<ReadBlock, "provenance" | "written">,
  written: Json,
  origins: Readonly<Record<JsonPointer, JsonPointer>>,
): Provenance {
  const all = new Map<JsonPointer, KnownValue>();
  for (const [at, from] of Object.entries(origins)) {
    if (at === "" || valueAt(written, at) === undefined) continue;
    for (const [pointer, known] of provenance) {
      if (!isWithin(pointer, [from])) continue;
      const exact = at + pointer.slice(from.length);
      const place = valueAt(written, exact) === undefined ? at : exact;
      const value = valueAt(block, pointer);
      const isSame = place === exact && value !== undefined && isEqualJson(value, valueAt(written, exact) ?? null);
      all.set(place, { ...all.get(place), ...(isSame ? known : withoutParts(known)) });
    }
  }
  return all;
}

/** What is made from a value is not written like it. */
function withoutParts({ parts: _parts, whole: _whole, rowPlace: _row, ...known }: KnownValue): KnownValue {
  return known;
}

/** Texts that contain one of `secrets`: an API key becomes part of a header, which may be merged with an override. */
function holding(secrets: readonly string[], value: Json, at: JsonPointer = ""): readonly JsonPointer[] {
  if (typeof value === "string") return secrets.some((secret) => value.includes(secret)) ? [at] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => holding(secrets, item, at + pointerTo(name)));
}

function declaredTwice(key: string, place: YamlPlace, other: YamlPlace): Finding {
  return {
    code: "KS1305",
    severity: "error",
    message: `"${key}" is made here and declared elsewhere`,
    at: spanOf(place, "key"),
    hint: "change what is made under `overrides`, or leave it out there with false",
    related: { message: "declared here", at: spanOf(other, "key") },
  };
}
