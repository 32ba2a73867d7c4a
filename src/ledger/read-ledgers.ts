/** The ledgers of all projects, as the server's general settings hold them. */
import {
  idText,
  kindIdentity,
  kindOf,
  localKey,
  type KindName,
  type ObservedEntity,
  type Owner,
} from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import { isJsonObject, pointerParts, pointerTo, type JsonObject, type JsonPointer } from "../model/json.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import type { Ledger, LedgerEntry, LedgerState } from "../model/ledger.ts";
import { fieldFingerprints, rememberedSecrets } from "./fingerprint.ts";
import { decodeLedger, ledgerProjects } from "./ledger-text.ts";

export interface Ledgers {
  /** The ledger of the requested project. */
  readonly own: LedgerState;
  /** The owner of an object of a kind without a marker, by the ledgers. */
  ownerOf(entity: ObservedEntity): Owner | undefined;
  /** Top-level fields of the object that held a secret when any project last applied them. */
  secretsOf(entity: Pick<ObservedEntity, "kind" | "id">): readonly JsonPointer[];
}

/**
 * Reads the ledgers and decides which objects they own. A ledger may be outdated. Its ids usually still mean the same
 * objects, because ids only grow (AUTOINCREMENT in SQLite, AUTO_INCREMENT in MariaDB). An upgrade that rebuilds a
 * table, as for proxies in 2.0 and status pages in 2.5, can reuse the highest ids after their objects were deleted. So
 * a ledger does not own an object that has nothing left of what was last applied. If two projects have an object in
 * their ledgers, which happens when the settings page writes back an old ledger after a takeover, it counts as the
 * other project's: it is neither changed nor deleted without --takeover.
 */
export async function readLedgers(reader: KumaReader, project: string): Promise<Ledgers> {
  const settings = await readSettings(reader);
  if (settings === undefined) {
    const own: LedgerState = { state: "unreadable", reason: "the server does not show its settings" };
    return { own, ownerOf: () => undefined, secretsOf: () => [] };
  }
  const own = await decodeLedger(settings, project);
  const owners = new Map<string, OwnedEntry>();
  const secrets = new Map<string, readonly JsonPointer[]>();
  if (own.state === "known") {
    addOwners(owners, project, own.ledger);
    addSecrets(secrets, own.ledger);
  }
  for (const other of ledgerProjects(settings)) {
    if (other === project) continue;
    const state = await decodeLedger(settings, other);
    if (state.state !== "known") continue;
    addOwners(owners, other, state.ledger);
    addSecrets(secrets, state.ledger);
  }
  return {
    own,
    ownerOf: (entity) => {
      const owned = owners.get(idText(entity.kind, entity.id));
      return owned !== undefined && isStill(entity, owned.entry) ? owned.owner : undefined;
    },
    secretsOf: ({ kind, id }) => secrets.get(idText(kind, id)) ?? [],
  };
}

async function readSettings(reader: KumaReader): Promise<JsonObject | undefined> {
  try {
    const { data } = await reader.read("getSettings");
    return isJsonObject(data) ? data : undefined;
  } catch (error) {
    if (error instanceof KumaError && error.code === "rejected") return undefined;
    throw error;
  }
}

interface OwnedEntry {
  readonly owner: Owner;
  readonly entry: LedgerEntry;
}

function addOwners(owners: Map<string, OwnedEntry>, project: string, { entries }: Ledger): void {
  for (const [key, entry] of entries) {
    const kind = kindOf(key);
    if (kindIdentity[kind] !== "ledger") continue;
    const owner = {
      project,
      key: localKey(key),
      ...(entry.isProtected === true ? { isProtected: true as const } : {}),
    };
    owners.set(idText(kind, entry.id), { owner, entry });
  }
}

function addSecrets(secrets: Map<string, readonly JsonPointer[]>, { entries }: Ledger): void {
  for (const [key, entry] of entries) {
    const held = rememberedSecrets(entry);
    const object = idText(kindOf(key), entry.id);
    if (held.length > 0) secrets.set(object, [...(secrets.get(object) ?? []), ...held]);
  }
}

/**
 * The ledger stores keys for fields with references, and keys are not known here, so those fields do not count. One
 * differing field alone proves nothing: of a remote browser only the name is stored, and somebody may have changed it.
 */
function isStill({ spec, references, sensitive }: ObservedEntity, { fields }: LedgerEntry): boolean {
  if (spec === undefined) return true;
  const referring = references.map(({ at }) => pointerTo(pointerParts(at)[0] ?? ""));
  const now = fieldFingerprints(spec, [...sensitive, ...referring]);
  const remembered = Object.keys(now).filter((name) => (fields[name] ?? "") !== "");
  return remembered.length < 2 || remembered.some((name) => fields[name] === now[name]);
}

/** The kinds of a ledger's entries. */
export function kindsIn({ entries }: Ledger): readonly KindName[] {
  return [...new Set([...entries.keys()].map(kindOf))];
}
