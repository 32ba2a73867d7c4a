/**
 * What the ledger stores of a value: enough to see whether it changed, but not what it was. Of secrets it stores only
 * that there was one, because a short hash of a guessable secret reveals it.
 */
import { createHash } from "node:crypto";
import { heldSecret, type LedgerEntry } from "../model/ledger.ts";
import type { Json, JsonObject, JsonPointer } from "../model/json.ts";
import { canonicalText, isWithin, pointerParts, pointerTo } from "../model/json.ts";

/** 48 bits, which is enough: it only has to differ between the values of one field. */
export function fingerprint(value: Json): string {
  return createHash("sha256").update(canonicalText(value)).digest("base64url").slice(0, 8);
}

/** Whether the value at `path` is, contains or is part of a secret, and so must not be stored or shown. */
export function hidesSecret(path: JsonPointer, sensitive: readonly JsonPointer[]): boolean {
  return isWithin(path, sensitive) || sensitive.some((pointer) => isWithin(pointer, [path]));
}

/** The top-level fields that held a secret when they were last applied. */
export function rememberedSecrets({ fields }: Pick<LedgerEntry, "fields">): readonly JsonPointer[] {
  return Object.entries(fields).flatMap(([name, text]) => (text === heldSecret ? [pointerTo(name)] : []));
}

/** `heldSecret` for each declared top-level field that holds a secret; `sensitive` and `defaulted` are places. */
export function heldSecrets({
  sensitive,
  defaulted,
}: {
  readonly sensitive: readonly JsonPointer[];
  readonly defaulted: readonly JsonPointer[];
}): LedgerEntry["fields"] {
  const names = sensitive.map((pointer) => pointerParts(pointer)[0] ?? "");
  return Object.fromEntries(
    names.filter((name) => !defaulted.includes(pointerTo(name))).map((name) => [name, heldSecret]),
  );
}

/** By top-level field. `hash` may cache its results. */
export function fieldFingerprints(
  spec: JsonObject,
  sensitive: readonly JsonPointer[],
  hash: (value: Json) => string = fingerprint,
): LedgerEntry["fields"] {
  return Object.fromEntries(
    Object.entries(spec)
      .filter(([name]) => !hidesSecret(pointerTo(name), sensitive))
      .map(([name, value]) => [name, hash(value)]),
  );
}
