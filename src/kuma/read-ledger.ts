/** The ledgers of all projects, as the server's general settings hold them. */
import { kindIdentity, kindOf, localKey, type KindName, type Owner } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import type { Ledger, LedgerState } from "../model/ledger.ts";
import { decodeLedger, ledgerProjects } from "../plan/ledger-text.ts";

export interface Ledgers {
  /** Of the project that is asked for. */
  readonly own: LedgerState;
  /** What the ledgers say of the object with this id, for kinds that have no marker. */
  ownerOf(kind: KindName, id: number): Owner | undefined;
}

/**
 * The ids of an entry need no second witness: all the tables are AUTOINCREMENT (SQLite) or AUTO_INCREMENT (MariaDB), so
 * an id that a ledger knows is that object or none, however old the ledger is. An object that two projects claim, which
 * is what is left when the settings page writes an old ledger back after a take-over, is the other project's: it is
 * neither changed nor deleted until somebody says --takeover.
 */
export async function readLedgers(reader: KumaReader, project: string): Promise<Ledgers> {
  const settings = await readSettings(reader);
  if (settings === undefined) {
    return { own: { state: "unreadable", reason: "the server does not show its settings" }, ownerOf: () => undefined };
  }
  const own = decodeLedger(settings, project);
  const owners = new Map<string, Owner>();
  if (own.state === "known") addOwners(owners, project, own.ledger);
  for (const other of ledgerProjects(settings)) {
    if (other === project) continue;
    const state = decodeLedger(settings, other);
    if (state.state === "known") addOwners(owners, other, state.ledger);
  }
  return { own, ownerOf: (kind, id) => owners.get(`${kind}#${id}`) };
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

function addOwners(owners: Map<string, Owner>, project: string, { entries }: Ledger): void {
  for (const [key, { id, isProtected }] of entries) {
    const kind = kindOf(key);
    if (kindIdentity[kind] !== "ledger") continue;
    owners.set(`${kind}#${id}`, { project, key: localKey(key), ...(isProtected === true ? { isProtected } : {}) });
  }
}

/** The kinds of a ledger's entries. */
export function kindsIn({ entries }: Ledger): readonly KindName[] {
  return [...new Set([...entries.keys()].map(kindOf))];
}
