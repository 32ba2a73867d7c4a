/**
 * The `openWebUI` section: turns each block into ordinary monitors, and keeps the places of its values and which of
 * them are secret.
 */
import type { KindRegistry } from "../../kinds/kind.ts";
import { entityKey, localKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import {
  isEqualJson,
  isJsonObject,
  isWithin,
  pointerParts,
  pointerTo,
  valueAt,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import { instanceOf, type OpenWebUIInstance } from "../../services/open-webui/rules/asked-monitor.ts";
import { openWebUISchema } from "../../services/open-webui/block/open-webui-schema.ts";
import { expandOpenWebUI, type ExpandedOpenWebUI } from "../../services/open-webui/block/expand-open-webui.ts";
import type { WrittenOpenWebUI } from "../../services/open-webui/block/written.ts";
import { checkShape } from "./check-shape.ts";
import type { Envelope } from "./envelope.ts";
import { openWebUIWords } from "./open-webui-finding.ts";
import { madeTexts, type MadeTexts } from "./open-webui-marks.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { fixAt } from "../source/repair.ts";
import { draftFrom, type DraftOptions, type EntityDraft } from "../expand/draft.ts";
import {
  concerns,
  isBroken,
  moved,
  placesWith,
  withFacts,
  type KnownValue,
  type Origin,
  type Provenance,
} from "../values/provenance.ts";
import { readValue } from "../values/read-value.ts";

export interface ReadOpenWebUI {
  readonly drafts: readonly EntityDraft[];
  /** Every key that a block stands for. */
  readonly declared: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  /** False if a block could not be read: its monitors are unknown, so no key can be called missing. */
  readonly isComplete: boolean;
  readonly instances: readonly OpenWebUIInstance[];
}

interface ReadInput extends DraftOptions {
  readonly envelope: Envelope;
  /** The objects that are declared without it. */
  readonly taken: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  readonly registry: KindRegistry;
  report(finding: Finding): void;
}

export function readOpenWebUI(input: ReadInput): ReadOpenWebUI {
  const drafts: EntityDraft[] = [];
  const declared = new Map<EntityKey, { readonly place: YamlPlace }>();
  const instances: OpenWebUIInstance[] = [];
  let isComplete = true;
  for (const [key, place] of input.envelope.openWebUI) {
    const block = readBlock(key, place, input);
    if (block === undefined) {
      isComplete = false;
      continue;
    }
    instances.push(instanceOf(block.written));
    // Expanded one at a time, because blocks that produce the same keys would hide each other.
    const expanded = expandOpenWebUI({ [key]: block.written });
    for (const problem of expanded.problems) {
      const { place: at, pointer } = block.originAt(problem.pointer);
      const secrets = placesWith(block.provenance, "isSecret");
      const isSecret = isWithin(problem.pointer, secrets) || isWithin(pointerTo(key, "url"), secrets);
      input.report({ ...openWebUIWords(problem, isSecret), at: spanOf(at, "value"), pointer });
      if (problem.severity === "error") isComplete = false;
    }
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
      drafts.push(...readMonitor(id, monitor, { ...input, block, place: from }));
    }
  }
  return { drafts, declared, isComplete, instances };
}

interface Block {
  readonly written: WrittenOpenWebUI;
  /** Provenance of the block's values, by pointers into the section, like the origins of the expansion. */
  readonly provenance: Provenance;
  /** Secret values, as they appear in `written`. */
  readonly secretTexts: readonly string[];
  readonly made: MadeTexts;
  originAt(pointer: JsonPointer): Origin;
}

/** Undefined, with findings, if anything is wrong, because half a block would produce different monitors. */
function readBlock(key: string, place: YamlPlace, input: ReadInput): Block | undefined {
  const context = input.contextFor(place);
  const read = readValue(place, context);
  const at = pointerTo("openWebUI", key);
  if (!isJsonObject(read.value)) {
    const hint = "it needs at least a url";
    const message = `"${key}" must be a mapping`;
    if (read.provenance.get("")?.isBroken !== true)
      context.report({ code: "KS1202", severity: "error", message, at: spanOf(place, "key"), pointer: at, hint });
    return undefined;
  }
  const { additionalProperties: schema } = openWebUISchema;
  const shape = checkShape(
    { ...read, value: read.value, schema },
    {
      subject: "an Open WebUI",
      isHidden: (pointer) => isWithin(pointer, ["/apiKey"]) || concerns(read.provenance, "isSecret", pointer),
    },
  );
  for (const { isAboutKey, repair, ...problem } of shape.problems) {
    const found = placeBelow(place, pointerParts(problem.pointer));
    const span = spanOf(found, isAboutKey || problem.pointer === "" ? "key" : "value");
    const pointer = at + problem.pointer;
    context.report({ ...problem, severity: "error", at: span, pointer, ...fixAt(found, repair) });
  }
  if (shape.problems.length > 0 || isBroken(read.provenance)) return undefined;
  return {
    // The schema was checked above.
    written: shape.value as unknown as WrittenOpenWebUI,
    provenance: moved(shape.provenance, pointerTo(key)),
    secretTexts: placesWith(read.provenance, "isSecret").flatMap((pointer) => {
      const text = valueAt(shape.value, pointer);
      return typeof text === "string" && text !== "" ? [text] : [];
    }),
    made: madeTexts(key, shape.value as unknown as WrittenOpenWebUI, shape.provenance),
    originAt: (pointer) => ({
      by: "service",
      place: placeBelow(place, pointerParts(pointer).slice(1)),
      pointer: pointerTo("openWebUI") + pointer,
    }),
  };
}

function readMonitor(
  key: EntityKey,
  { written, origins }: ExpandedOpenWebUI["monitors"][string],
  input: ReadInput & { readonly block: Block; readonly place: YamlPlace },
): readonly EntityDraft[] {
  const { block, place } = input;
  const kind = input.registry.get("monitor");
  if (kind === undefined) return [];
  const context = input.contextFor(place);
  const placeholder = context.areSecretsReal ? {} : ({ placeholder: "usual" } as const);
  const held = holding(block.secretTexts, written).map((at) => [at, { isSecret: true, ...placeholder }] as const);
  const from = Object.entries(origins).map(([at, pointer]) => [at, { origin: block.originAt(pointer) }] as const);
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
  { provenance, written: block }: Pick<Block, "provenance" | "written">,
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
      const value = valueAt(block as unknown as JsonObject, pointerTo(...pointerParts(pointer).slice(1)));
      const isSame = place === exact && value !== undefined && isEqualJson(value, valueAt(written, exact) ?? null);
      all.set(place, { ...all.get(place), ...(isSame ? known : withoutParts(known)) });
    }
  }
  return all;
}

/** What is made from a value is not written like it. */
function withoutParts({ parts: _parts, whole: _whole, ...known }: KnownValue): KnownValue {
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
