/** The ledger after an apply: applied entities get new entries, the others keep theirs. */
import { idText, kindIdentity, kindOf, type DesiredEntity, type EntityKey, type KumaId } from "../model/entity.ts";
import { canonicalText, pointerTo, type Json } from "../model/json.ts";
import { heldSecret, type Ledger, type LedgerEntry } from "../model/ledger.ts";
import { fieldFingerprints, fingerprint, hidesSecret, heldSecrets } from "./fingerprint.ts";
import { rememberedLifecycle } from "./remembered-lifecycle.ts";

export interface NextLedgerInput {
  readonly before: Ledger;
  /** All declared entities, in canonical form. */
  readonly declared: ReadonlyMap<EntityKey, DesiredEntity>;
  readonly ids: ReadonlyMap<EntityKey, KumaId>;
  /** Entities whose object now equals the file, including those without a step. Each has an id in `ids`. */
  readonly applied: ReadonlySet<EntityKey>;
  /** Deleted and released entities. */
  readonly gone: ReadonlySet<EntityKey>;
  /** Objects whose write failed, by their key in `before`. */
  readonly unfinished?: ReadonlySet<EntityKey>;
}

type Fingerprints = LedgerEntry["fields"];

/**
 * Entities that were not applied keep their entry, and so do retired ones. Unfulfilled intents stay. A caller that
 * knows that an object was never created removes its intent from `before`.
 */
export function nextLedger({ before, declared, ids, applied, gone, unfinished }: NextLedgerInput): Ledger {
  const hash = rememberingHash();
  const defaults = nextDefaults(before.defaults, declared, hash);
  const entries = new Map<EntityKey, LedgerEntry>();
  const renamed = new Map<string, EntityKey>();
  for (const entity of declared.values()) {
    const id = applied.has(entity.key) ? ids.get(entity.key) : undefined;
    if (id === undefined) continue;
    renamed.set(idText(entity.kind, id), entity.key);
    const variant = variantOf(entity);
    entries.set(entity.key, {
      id,
      variant,
      ...rememberedLifecycle(entity),
      ...(entity.lifecycle.isProtected ? { isProtected: true } : {}),
      fields: withoutDefaults(
        { ...fieldFingerprints(entity.spec, entity.sensitive, hash), ...heldSecrets(entity) },
        defaults.get(variant) ?? {},
      ),
    });
  }
  for (const [key, entry] of before.entries) {
    const kind = kindOf(key);
    // Moved objects have an entry under their new key. Shared objects are dropped when they are no longer declared.
    const isObsolete = gone.has(key) || renamed.has(idText(kind, entry.id)) || (isShared(key) && !declared.has(key));
    if (entries.has(key) || isObsolete) continue;
    const flag = unfinished?.has(key) === true ? { isUnfinished: true as const } : {};
    entries.set(key, { ...entry, ...flag, fields: underNewDefaults(entry, before, defaults) });
  }
  const used = new Set([...entries.values()].map(({ variant }) => variant));
  return {
    entries: new Map([...entries].toSorted(([left], [right]) => (left < right ? -1 : 1))),
    defaults: new Map([...defaults].filter(([variant]) => used.has(variant))),
    intents: before.intents.filter(({ key }) => !applied.has(key) && declared.has(key)),
  };
}

/** `monitor:http`, or the kind alone for kinds without types. */
function variantOf({ kind, spec }: DesiredEntity): string {
  const type = spec["type"];
  return typeof type === "string" ? `${kind}:${type}` : kind;
}

/**
 * A default is known from any entity that does not write the field. A default that no entity shows now keeps its old
 * value.
 */
function nextDefaults(
  before: Ledger["defaults"],
  declared: NextLedgerInput["declared"],
  hash: (value: Json) => string,
): Map<string, Fingerprints> {
  const defaults = new Map<string, Record<string, string>>();
  for (const entity of declared.values()) {
    const variant = variantOf(entity);
    const known = defaults.get(variant) ?? { ...before.get(variant) };
    defaults.set(variant, known);
    const defaulted = new Set(entity.defaulted);
    for (const [name, value] of Object.entries(entity.spec)) {
      const path = pointerTo(name);
      const isDefault = name === "type" || defaulted.has(path);
      if (isDefault && !hidesSecret(path, entity.sensitive)) known[name] = hash(value);
    }
  }
  for (const [variant, known] of before) if (!defaults.has(variant)) defaults.set(variant, { ...known });
  return defaults;
}

function withoutDefaults(fields: Fingerprints, defaults: Fingerprints): Fingerprints {
  const own = Object.entries(fields).filter(([name, text]) => defaults[name] !== text);
  const unknown = Object.keys(defaults).filter((name) => fields[name] === undefined);
  return Object.fromEntries([...own, ...unknown.map((name) => [name, heldSecret] as const)]);
}

/**
 * A field that an entry leaves out had the default of that time. If that default changes, the entry must now state the
 * value.
 */
function underNewDefaults({ variant, fields }: LedgerEntry, before: Ledger, now: Ledger["defaults"]): Fingerprints {
  const old = before.defaults.get(variant) ?? {};
  return withoutDefaults({ ...old, ...fields }, now.get(variant) ?? {});
}

function isShared(key: EntityKey): boolean {
  return kindIdentity[kindOf(key)] === "shared";
}

/** Caches the hashes, because thousands of entities share a few values. */
function rememberingHash(): (value: Json) => string {
  // Apart, because a text may look like a list.
  const ofLists = new Map<string, string>();
  const ofScalars = new Map<Json, string>();
  return (value) => {
    const isScalar = typeof value !== "object" || value === null;
    const [known, key] = isScalar ? [ofScalars, value] : [ofLists as Map<Json, string>, canonicalText(value)];
    const found = known.get(key) ?? fingerprint(value);
    known.set(key, found);
    return found;
  };
}
