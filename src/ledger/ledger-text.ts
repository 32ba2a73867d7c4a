/**
 * A ledger as values among the server's general settings. The head, at `kumaSync/<project>`, holds the text itself or,
 * where that is longer than one value may be, names the slot whose parts hold it. Parts are written to the slot that
 * the head does not name, and the head after them, in a call of its own: the server stores the keys of one call one by
 * one, without a transaction, so a crash at any point leaves either the old ledger or the new one.
 *
 *     kumaSync/shop      {"format":2,"checksum":"…","slot":"b","parts":2}
 *     kumaSync/shop/b/0  "…"
 *     kumaSync/shop/b/1  "…"
 */
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { readDocument } from "../documents/read-document.ts";
import type { EntityKey } from "../model/entity.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Intent, Ledger, LedgerEntry, LedgerState } from "../model/ledger.ts";

const format = 2;
/** Format 1 only lacks some optional members of format 2, so it is read in the same way. */
const readableFormats: readonly unknown[] = [1, format];
/** The prefix of all kuma-sync's keys in the settings. */
const prefix = "kumaSync/";
/**
 * No project can have this name. Versions without leases leave such keys alone: they only empty keys below
 * `kumaSync/<project>/`, and send keys that do not begin with `kumaSync/` back.
 */
const leasePrefix = `${prefix}~lease/`;
/** MariaDB stores a value in a TEXT of 65,535 bytes; quotes and the rest of the head need a few of them. */
const maxPartLength = 60_000;
/** A ledger of 5,000 monitors has about 2 MB. Anything beyond this size was not written by kuma-sync. */
const maxJsonBytes = 50_000_000;

type Slot = "a" | "b";

/** The settings to store, one object for each call. Each call must be acknowledged before the next. */
export type LedgerWrites = readonly JsonObject[];

/** Whether a key of the settings is part of some project's ledger. */
function isLedgerKey(key: string): boolean {
  return key.startsWith(prefix);
}

/** The setting that holds a project's lease (lease/lease-record.ts), and the one where runs announce themselves. */
export function leaseKeys(project: string): { readonly lease: string; readonly arrival: string } {
  const lease = leasePrefix + inSmallLetters(project);
  return { lease, arrival: `${lease}/arrival` };
}

/** The projects that have a ledger, in the order of the settings. */
export function ledgerProjects(settings: JsonObject): readonly string[] {
  return Object.keys(settings)
    .filter((key) => isLedgerKey(key) && !key.slice(prefix.length).includes("/"))
    .map((key) => key.slice(prefix.length).replaceAll(/\^(.)/gu, (_text, letter: string) => letter.toUpperCase()));
}

/** "unreadable" for everything that `encodeLedger` did not write. */
export async function decodeLedger(settings: JsonObject, project: string): Promise<LedgerState> {
  const head = settings[headKey(project)];
  if (head === undefined || head === null || head === "") return { state: "absent" };
  if (!isJsonObject(head)) return unreadable("it is not what this tool writes");
  if (!readableFormats.includes(head["format"])) {
    const isNewer = typeof head["format"] === "number" && head["format"] > format;
    return isNewer
      ? { ...unreadable("a newer version of this tool wrote it"), isNewer }
      : unreadable("it has no format");
  }
  const text = textOf(settings, project, head);
  if (text === undefined) return unreadable("a part of it is missing");
  if (checksumOf(text) !== head["checksum"]) return unreadable("its checksum is wrong");
  const json = inflated(text);
  if (json === undefined) return unreadable("it is damaged");
  const result = await readDocument("ledger", json);
  if ("problem" in result) return unreadable(`it is damaged: ${result.problem.message}`);
  return { state: "known", ledger: toLedger(result.document) };
}

/** `settings` as they are on the server. Returns only the keys to change; none when nothing changed. */
export function encodeLedger(ledger: Ledger, settings: JsonObject, project: string): LedgerWrites {
  const text = deflateRawSync(JSON.stringify(toJson(ledger))).toString("base64");
  const checksum = checksumOf(text);
  const before = settings[headKey(project)];
  const isSame = isJsonObject(before) && before["format"] === format && before["checksum"] === checksum;
  if (isSame && textOf(settings, project, before) === text) return [];
  if (text.length <= maxPartLength) {
    const head = { [headKey(project)]: { format, checksum, text } };
    return [head, ...blankParts(settings, project, [])];
  }
  const slot: Slot = slotOf(before) === "a" ? "b" : "a";
  const parts = Object.fromEntries(
    Array.from({ length: Math.ceil(text.length / maxPartLength) }, (_, index) => [
      partKey(project, slot, index),
      text.slice(index * maxPartLength, (index + 1) * maxPartLength),
    ]),
  );
  const names = Object.keys(parts);
  const head = { [headKey(project)]: { format, checksum, slot, parts: names.length } };
  return [...inCalls(parts), head, ...blankParts(settings, project, names)];
}

/** The server closes the socket on a message of 1,000,000 bytes (docs/upstream/uptime-kuma.md#transport). */
const partsPerCall = 10;

function inCalls(parts: JsonObject): JsonObject[] {
  const all = Object.entries(parts);
  return Array.from({ length: Math.ceil(all.length / partsPerCall) }, (_, index) =>
    Object.fromEntries(all.slice(index * partsPerCall, (index + 1) * partsPerCall)),
  );
}

/**
 * Empties the keys that the head no longer names. The settings page sends all values back in one message, which fails
 * when it is too long.
 */
function blankParts(settings: JsonObject, project: string, kept: readonly string[]): JsonObject[] {
  const left = Object.entries(settings).filter(
    ([key, value]) => key.startsWith(`${headKey(project)}/`) && value !== "" && !kept.includes(key),
  );
  return left.length === 0 ? [] : [Object.fromEntries(left.map(([key]) => [key, ""]))];
}

/** MariaDB ignores case when it compares keys, so each capital letter is written as `^` and the small letter. */
function headKey(project: string): string {
  return prefix + inSmallLetters(project);
}

function inSmallLetters(project: string): string {
  return project.replaceAll(/[A-Z]/gu, (letter) => `^${letter.toLowerCase()}`);
}

function partKey(project: string, slot: Slot, index: number): string {
  return `${headKey(project)}/${slot}/${index}`;
}

function slotOf(head: Json | undefined): Slot | undefined {
  const slot = isJsonObject(head) ? head["slot"] : undefined;
  return slot === "a" || slot === "b" ? slot : undefined;
}

function textOf(settings: JsonObject, project: string, head: JsonObject): string | undefined {
  const { text, parts } = head;
  if (typeof text === "string") return text;
  const slot = slotOf(head);
  if (slot === undefined || typeof parts !== "number" || parts > maxJsonBytes / maxPartLength) return undefined;
  const found = Array.from({ length: parts }, (_, index) => settings[partKey(project, slot, index)]);
  return found.every((part) => typeof part === "string") ? found.join("") : undefined;
}

function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function unreadable(reason: string): Extract<LedgerState, { state: "unreadable" }> {
  return { state: "unreadable", reason };
}

function toJson({ entries, defaults, intents }: Ledger): JsonObject {
  return {
    entries: Object.fromEntries([...entries].map(([key, entry]): [string, Json] => [key, { ...entry }])),
    defaults: Object.fromEntries(defaults),
    intents: intents.map((intent) => ({ ...intent })),
  };
}

function inflated(text: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(text, "base64"), { maxOutputLength: maxJsonBytes }).toString("utf8");
  } catch {
    return undefined;
  }
}

function toLedger({ entries, defaults, intents }: JsonObject): Ledger {
  return {
    entries: new Map(Object.entries(entries as JsonObject) as unknown as [EntityKey, LedgerEntry][]),
    defaults: new Map(Object.entries(defaults as JsonObject) as unknown as [string, LedgerEntry["fields"]][]),
    intents: intents as unknown as readonly Intent[],
  };
}
