/**
 * Defines proxies, Docker hosts and remote browsers, which are alike: flat objects in a list that the server pushes at
 * login and after every write, saved by one event that creates or replaces, without a place for a marker
 * (docs/upstream/uptime-kuma.md#proxies, docs/upstream/uptime-kuma.md#remote-browsers).
 */
import type { KumaId } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { KumaClient, KumaReader, WriteEvent } from "../model/kuma-client.ts";
import { noReferences } from "./field.ts";
import { listOf } from "./codecs/list-of.ts";
import { toNumber } from "./codecs/number.ts";
import type { Kind, Row, Variant } from "./kind.ts";
import { serverObjects } from "./server-objects.ts";
import { toPayload } from "./spec.ts";

interface ListedKind extends Pick<Kind, "name" | "section" | "since"> {
  readonly list: NonNullable<Kind["list"]>;
  readonly variant: Variant;
  /** The event gets the object and its id, or null for a new one. */
  readonly save: WriteEvent;
  readonly remove: WriteEvent;
  /** The natural key of a server object. */
  readonly nameOf: (row: JsonObject) => string;
  /** Converts a server object to the form that the fields expect, if it has more members than count. */
  readonly fromServer?: (item: JsonObject) => JsonObject;
  /** Adds what the server needs besides the fields. */
  readonly toServer?: (payload: JsonObject) => JsonObject;
}

export function defineListedKind(own: ListedKind): Kind {
  const { name, section, list, since, variant, fromServer = same, toServer = same } = own;
  const save = async (client: KumaClient, spec: JsonObject, id: KumaId | null): Promise<KumaId | null> => {
    const payload = toPayload(variant, spec, noReferences, client.server.capabilities.release);
    return toNumber((await client.write(own.save, toServer(payload), id))["id"]);
  };
  return {
    name,
    section,
    list,
    ...(since === undefined ? {} : { since }),
    variants: [variant],
    variant: () => variant,
    rows: async (reader: KumaReader) =>
      serverObjects(listOf(await reader.list(list)), name).map(({ id, row: item }): Row => {
        const row = fromServer(item);
        return { id, name: own.nameOf(row), type: undefined, owner: undefined, row };
      }),
    create: async ({ client }, { spec }) => {
      const id = await save(client, spec, null);
      if (id === null) throw new InternalError(`the server created a ${name} and did not say its id`);
      return id;
    },
    update: async ({ client }, { entity, observed }) => {
      await save(client, entity.spec, observed.id);
    },
    remove: async ({ client }, { id }) => {
      await client.write(own.remove, id);
    },
  };
}

function same(value: JsonObject): JsonObject {
  return value;
}
