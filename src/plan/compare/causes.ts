/** Explains why a field differs, by comparing both sides with what was last applied. */
import { kindIdentity, type DesiredEntity, type ObservedEntity } from "../../model/entity.ts";
import { pointerParts, pointerTo, type JsonPointer } from "../../model/json.ts";
import { heldSecret, type Ledger, type LedgerEntry, type LedgerState } from "../../model/ledger.ts";
import { isFieldPath, type Cause, type FieldChange, type Step } from "../../model/plan.ts";
import type { LedgerNote } from "../../model/plan-facts.ts";
import { fingerprint, hidesSecret } from "../../ledger/fingerprint.ts";

export interface CauseInput {
  readonly entry: LedgerEntry;
  readonly ledger: Ledger;
  /** Both sides in the form that the ledger remembers (remembered-form.ts). */
  readonly wanted: DesiredEntity;
  readonly observed: ObservedEntity;
}

/** Decided by the whole top-level field. Undefined: not known. */
export function causeOf(
  { path }: Pick<FieldChange, "path">,
  { entry, ledger, wanted, observed }: CauseInput,
): Cause | undefined {
  const [name = ""] = pointerParts(path);
  const field: JsonPointer = pointerTo(name);
  if (!isFieldPath(path) || hidesSecret(field, [...wanted.sensitive, ...observed.sensitive])) return undefined;
  const fallback = ledger.defaults.get(entry.variant)?.[name];
  const last = entry.fields[name] ?? fallback;
  const now = wanted.spec[name];
  const there = observed.spec?.[name];
  if (last === undefined || last === heldSecret || now === undefined || there === undefined) return undefined;
  // A write that failed explains only fields whose value on the server is not the last applied one.
  if (fingerprint(there) !== last && entry.isUnfinished === true) return "unfinished";
  if (fingerprint(now) === last) return "server";
  if (fingerprint(there) !== last) return "both";
  return last === fallback && wanted.defaulted.includes(field) ? "default" : "file";
}

/** Why causes are not known, if a managed object has changes that could have one. Undefined if they are known. */
export function noteOn(
  ledger: LedgerState,
  { isAnythingManaged, steps }: { readonly isAnythingManaged: boolean; readonly steps: readonly Step[] },
): LedgerNote | undefined {
  if (ledger.state === "known" || (ledger.state === "absent" && !isAnythingManaged)) return undefined;
  const created = steps.filter(({ action, kind }) => action === "create" && kindIdentity[kind] === "ledger");
  return {
    ...(ledger.state === "unreadable" ? { unreadable: ledger.reason } : {}),
    unrecognised: created.map(({ key }) => key),
  };
}
