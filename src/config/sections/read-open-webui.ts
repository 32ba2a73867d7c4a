/**
 * The `openWebUI` section: each block becomes ordinary monitors, which keep what is known of its values: where they stand,
 * and which of them came from outside.
 */
import type { KindRegistry } from "../../kinds/kind.ts";
import { entityKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import {
  isJsonObject,
  isWithin,
  pointerParts,
  pointerTo,
  valueAt,
  type Json,
  type JsonPointer,
} from "../../model/json.ts";
import { instanceOf, type OpenWebUIInstance } from "../../services/open-webui/rules/asked-monitor.ts";
import { openWebUISchema } from "../../services/open-webui/block/open-webui-schema.ts";
import { expandOpenWebUI, type ExpandedOpenWebUI } from "../../services/open-webui/block/expand-open-webui.ts";
import type { WrittenOpenWebUI } from "../../services/open-webui/block/written.ts";
import { checkShape } from "./check-shape.ts";
import type { Origin, WrittenEntity } from "../config.ts";
import type { Envelope } from "./envelope.ts";
import { openWebUIWords } from "./open-webui-finding.ts";
import { placeBelow, spanOf, type Place } from "../source/positions.ts";
import { entityFrom, type AboutEntity, type ReadDefaults } from "./read-entity.ts";
import type { ReadBeside, ReadFrom } from "./read-tests.ts";
import { readValue, type ReadContext, type ReadValue } from "../values/read-value.ts";
import type { SchemaCheck } from "./schema-check.ts";

export interface ReadOpenWebUI {
  readonly monitors: readonly WrittenEntity[];
  /** Every key that a block stands for. */
  readonly declared: ReadonlyMap<EntityKey, { readonly place: Place }>;
  /** False when a block could not be read: its monitors are unknown, so none can be called missing. */
  readonly isComplete: boolean;
  readonly instances: readonly OpenWebUIInstance[];
}

interface ReadInput {
  readonly envelope: Envelope;
  readonly registry: KindRegistry;
  readonly check: SchemaCheck;
  readonly defaults: ReadDefaults | undefined;
  readonly about: AboutEntity;
  contextFor(place: Place): ReadContext;
  readonly readFile: ReadFrom;
  report(finding: Finding): void;
}

export function readOpenWebUI(input: ReadInput): ReadOpenWebUI {
  const monitors: WrittenEntity[] = [];
  const declared = new Map<EntityKey, { readonly place: Place }>();
  const instances: OpenWebUIInstance[] = [];
  let isComplete = true;
  for (const [key, place] of input.envelope.openWebUI) {
    const block = readBlock(key, place, input);
    if (block === undefined) {
      isComplete = false;
      continue;
    }
    instances.push(instanceOf(block.written));
    // One at a time: blocks that make the same keys would hide each other.
    const expanded = expandOpenWebUI({ [key]: block.written });
    for (const problem of expanded.problems) {
      const { place: at, pointer } = block.originAt(problem.pointer);
      const isSecret = isWithin(problem.pointer, block.secrets) || isWithin(pointerTo(key, "url"), block.secrets);
      input.report({ ...openWebUIWords(problem, isSecret), at: spanOf(at, "value"), pointer });
      if (problem.severity === "error") isComplete = false;
    }
    const made = Object.entries(expanded.monitors).map(([local, monitor]) => {
      const from = block.originAt(monitor.origins[""] ?? "").place;
      return { local, monitor, from, key: entityKey("monitor", local) };
    });
    const taken = made.filter(({ local, from, key: id }) => {
      const other = input.envelope.entities.get(id) ?? declared.get(id);
      if (other !== undefined) input.report(declaredTwice(local, from, other.place));
      return other !== undefined;
    });
    const free = made.filter((one) => !taken.includes(one));
    for (const { from, key: id } of free) declared.set(id, { place: from });
    // Without its group there is no telling what else would be wrong with the rest.
    if (taken.some(({ monitor }) => monitor.written["type"] === "group")) {
      isComplete = false;
      continue;
    }
    for (const { monitor, from, key: id } of free) {
      monitors.push(...readMonitor(id, monitor, { ...input, block, place: from }));
    }
  }
  return { monitors, declared, isComplete, instances };
}

interface Block {
  readonly written: WrittenOpenWebUI;
  /** Pointers into the section, as all those of the expansion are. */
  readonly secrets: readonly JsonPointer[];
  readonly whole: readonly JsonPointer[];
  /** Values from outside, as they stand in `written`. */
  readonly secretTexts: readonly string[];
  originAt(pointer: JsonPointer): Origin;
}

/** Undefined, with findings, when there is anything wrong: monitors made from half a block would be other monitors. */
function readBlock(key: string, place: Place, input: ReadInput): Block | undefined {
  const context = input.contextFor(place);
  const read = readValue(place, context);
  const at = pointerTo("openWebUI", key);
  if (!isJsonObject(read.value)) {
    const hint = "it needs at least a url";
    const message = `"${key}" must be a mapping`;
    if (!read.broken.includes(""))
      context.report({ code: "KS1202", severity: "error", message, at: spanOf(place, "key"), pointer: at, hint });
    return undefined;
  }
  const withheld = context.areSecretsReal ? [] : read.secrets;
  const { additionalProperties: schema } = openWebUISchema;
  const shape = checkShape({ ...read, value: read.value, schema, withheld }, input.check, {
    subject: "an Open WebUI",
    isHidden: (pointer) =>
      isWithin(pointer, ["/apiKey", ...read.secrets]) || read.secrets.some((secret) => isWithin(secret, [pointer])),
  });
  for (const { isAboutKey, ...problem } of shape.problems) {
    const found = placeBelow(place, pointerParts(problem.pointer));
    const span = spanOf(found, isAboutKey || problem.pointer === "" ? "key" : "value");
    context.report({ ...problem, severity: "error", at: span, pointer: at + problem.pointer });
  }
  if (shape.problems.length > 0 || read.broken.length > 0) return undefined;
  const inSection = (pointers: readonly JsonPointer[]): JsonPointer[] =>
    pointers.map((pointer) => pointerTo(key) + pointer);
  return {
    // The schema has just said so.
    written: shape.value as unknown as WrittenOpenWebUI,
    secrets: inSection(read.secrets),
    whole: inSection(read.whole),
    secretTexts: read.secrets.flatMap((pointer) => {
      const text = valueAt(shape.value, pointer);
      return typeof text === "string" && text !== "" ? [text] : [];
    }),
    originAt: (pointer) => ({
      place: placeBelow(place, pointerParts(pointer).slice(1)),
      pointer: pointerTo("openWebUI") + pointer,
    }),
  };
}

function readMonitor(
  key: EntityKey,
  { written, origins }: ExpandedOpenWebUI["monitors"][string],
  input: ReadInput & { readonly block: Block; readonly place: Place },
): readonly WrittenEntity[] {
  const { block, place, check, defaults } = input;
  const kind = input.registry.get("monitor");
  if (kind === undefined) return [];
  const read: ReadValue & { readonly value: typeof written } = {
    value: written,
    secrets: [...carried(block.secrets, written, origins), ...holding(block.secretTexts, written)],
    whole: carried(block.whole, written, origins),
    broken: [],
  };
  const context = input.contextFor(place);
  const places = new Map(Object.entries(origins).map(([at, from]) => [at, block.originAt(from)]));
  const readFile: ReadBeside = (path) => input.readFile(place.document.folder, path);
  const about = { ...input.about(key), defaults, origins: places };
  return [entityFrom({ key, kind, place, context, check, readFile, ...about }, read) ?? []].flat();
}

/** Places in a monitor for places in its block: the same below what was taken over, else the nearest above. */
function carried(
  pointers: readonly JsonPointer[],
  written: Json,
  origins: Readonly<Record<JsonPointer, JsonPointer>>,
): readonly JsonPointer[] {
  return Object.entries(origins).flatMap(([at, from]) =>
    at === "" || valueAt(written, at) === undefined
      ? []
      : pointers
          .filter((pointer) => isWithin(pointer, [from]))
          .map((pointer) => at + pointer.slice(from.length))
          .map((pointer) => (valueAt(written, pointer) === undefined ? at : pointer)),
  );
}

/** Texts that hold one of `secrets`: a key ends up in a header that an override may have been joined with. */
function holding(secrets: readonly string[], value: Json, at: JsonPointer = ""): readonly JsonPointer[] {
  if (typeof value === "string") return secrets.some((secret) => value.includes(secret)) ? [at] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => holding(secrets, item, at + pointerTo(name)));
}

function declaredTwice(key: string, place: Place, other: Place): Finding {
  return {
    code: "KS1305",
    severity: "error",
    message: `"${key}" is made here and declared elsewhere`,
    at: spanOf(place, "key"),
    hint: "change what is made under `overrides`, or leave it out there with false",
    related: { message: "declared here", at: spanOf(other, "key") },
  };
}
