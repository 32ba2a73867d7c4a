/**
 * What the ledger remembers of a value: enough to tell whether it is still the same, too little to tell what it was. Of
 * secrets only the fact is remembered, because a short hash of a guessable secret is the secret.
 */
import { createHash } from "node:crypto";
import { heldSecret, type LedgerEntry } from "../model/ledger.ts";
import {
  canonicalText,
  isWithin,
  pointerParts,
  pointerTo,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../model/json.ts";

/** 48 bits: of the values that one field ever has, no two will meet. */
export function fingerprint(value: Json): string {
  return createHash("sha256").update(canonicalText(value)).digest("base64url").slice(0, 8);
}

/** Whether the value at `path` is, contains or is part of a secret, so that it must not be remembered or shown. */
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

/** By top-level field; `hash` may remember what it was asked before. */
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
