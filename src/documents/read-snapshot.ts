/** A snapshot from a file, checked: it may come from anywhere, and a plan must not be made from half of one. */
import {
  isEntityKey,
  kindNames,
  removalNames,
  type EntityKey,
  type EntityRef,
  type KindName,
  type ObservedEntity,
  type Owner,
} from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import { readJson, type JsonReader } from "./json-reader.ts";
import type { Capabilities, ServerInfo } from "../model/kuma-client.ts";
import type { Intent, LedgerEntry, LedgerState } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import type { Release } from "../model/release.ts";
import { snapshotFormatVersion } from "../model/snapshot.ts";

/**
 * Its entities have no rows. Throws ShapeError, which says where the file is wrong, and KumaError "incompatible" for a
 * format of another major version.
 */
export function fromSnapshot(json: Json): Observed {
  const top = readJson(json);
  top.member("type").oneOf(["kuma-sync.snapshot"]);
  const version = top.member("formatVersion").text();
  if (version.split(".")[0] !== snapshotFormatVersion.split(".")[0]) {
    const hint = "make it anew with this version of kuma-sync";
    throw new KumaError("incompatible", `the snapshot has format ${version}, not ${snapshotFormatVersion}`, { hint });
  }
  return {
    server: readServer(top.member("server")),
    entities: top.member("entities").list().map(readEntity),
    ledger: readLedger(top.member("ledger")),
  };
}

function readServer(reader: JsonReader): ServerInfo {
  return {
    url: reader.member("url").text(),
    version: reader.member("version").text(),
    isTested: reader.member("isTested").flag(),
    capabilities: readCapabilities(reader.member("capabilities")),
  };
}

function readCapabilities(reader: JsonReader): Capabilities {
  const [major, minor, patch, ...others] = reader
    .member("release")
    .list()
    .map((part) => part.number());
  if (major === undefined || minor === undefined || patch === undefined || others.length > 0) {
    throw reader.member("release").wrong("three numbers");
  }
  const release: Release = [major, minor, patch];
  return {
    release,
    hasConditions: reader.member("hasConditions").flag(),
    hasDeltas: reader.member("hasDeltas").flag(),
    writeWindow: reader.member("writeWindow").number(),
    minInterval: reader.member("minInterval").number(),
    maxInterval: reader.optional("maxInterval")?.number(),
    minRetryInterval: reader.member("minRetryInterval").number(),
  };
}

function readEntity(reader: JsonReader): ObservedEntity {
  const spec = reader.member("spec");
  const parent = reader.optional("parent")?.number();
  const type = reader.optional("type")?.text();
  return {
    kind: reader.member("kind").oneOf(kindNames),
    id: reader.member("id").number(),
    name: reader.member("name").text(),
    owner: readOwner(reader.optional("owner")),
    spec: spec.value === null ? undefined : spec.object(),
    references: reader.member("references").list().map(readReference),
    sensitive: reader
      .member("sensitive")
      .list()
      .map((pointer) => pointer.text()),
    row: { ...(parent === undefined ? {} : { parent }), ...(type === undefined ? {} : { type }) },
  };
}

function readOwner(reader: JsonReader | undefined): Owner | undefined {
  if (reader === undefined) return undefined;
  return {
    project: reader.member("project").text(),
    key: reader.member("key").text(),
    ...(reader.optional("isProtected")?.flag() === true ? { isProtected: true } : {}),
    ...(reader.optional("isRetired")?.flag() === true ? { isRetired: true } : {}),
  };
}

function readReference(reader: JsonReader): EntityRef {
  const kind: KindName = reader.member("kind").oneOf(kindNames);
  const to = reader.member("to");
  const id = to.optional("id");
  if (id === undefined && !isEntityKey(to.value)) throw to.wrong("{ id: … }");
  return { at: reader.member("at").text(), kind, to: isEntityKey(to.value) ? to.value : { id: id?.number() ?? 0 } };
}

function readLedger(reader: JsonReader): LedgerState {
  const state = reader.member("state").oneOf(["absent", "unreadable", "known"]);
  if (state === "absent") return { state };
  if (state === "unreadable") return { state, reason: reader.member("reason").text() };
  const entries = reader
    .member("entries")
    .members()
    .map(([key, entry]) => [keyFrom(key, entry), readEntry(entry)] as const);
  const defaults = reader
    .member("defaults")
    .members()
    .map(([name, fields]) => [name, readTexts(fields)] as const);
  return {
    state,
    ledger: {
      entries: new Map(entries),
      defaults: new Map(defaults),
      intents: reader.member("intents").list().map(readIntent),
    },
  };
}

function readEntry(reader: JsonReader): LedgerEntry {
  const isOwnRemoval = reader.optional("isOwnRemoval")?.flag();
  const ignoreChanges = reader
    .optional("ignoreChanges")
    ?.list()
    .map((pointer) => pointer.text());
  return {
    id: reader.member("id").number(),
    variant: reader.member("variant").text(),
    onRemove: reader.member("onRemove").oneOf(removalNames),
    ...(isOwnRemoval === undefined ? {} : { isOwnRemoval }),
    ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
    ...(reader.optional("isUnfinished")?.flag() === true ? { isUnfinished: true } : {}),
    ...(reader.optional("isProtected")?.flag() === true ? { isProtected: true } : {}),
    fields: readTexts(reader.member("fields")),
  };
}

function readIntent(reader: JsonReader): Intent {
  const key = reader.member("key");
  return { key: keyFrom(key.text(), key), name: reader.member("name").text(), after: reader.member("after").number() };
}

function keyFrom(text: string, reader: JsonReader): EntityKey {
  if (isEntityKey(text)) return text;
  throw reader.wrong("the key of an entity, such as monitor/api");
}

function readTexts(reader: JsonReader): Readonly<Record<string, string>> {
  return Object.fromEntries(reader.members().map(([name, text]) => [name, text.text()]));
}
