import { KumaError } from "../model/errors.ts";
import type { KumaId } from "../model/entity.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import { toNumber } from "./codecs/number.ts";

interface ServerObject {
  readonly id: KumaId;
  readonly row: JsonObject;
}

/**
 * The objects in a list of the server, with their ids. An object without an id is not skipped, because a plan without
 * it would create it again: throws KumaError "incomplete". `what` names one object: `monitor`.
 */
export function serverObjects(list: readonly (Json | undefined)[], what: string): readonly ServerObject[] {
  return list.map((row) => {
    const id = isJsonObject(row) ? toNumber(row["id"]) : null;
    if (!isJsonObject(row) || id === null || !Number.isSafeInteger(id) || id < 1) {
      throw incomplete(`the server sent a ${what} without an id`);
    }
    return { id, row };
  });
}

/** All tags, including the marker tag. Throws KumaError, even if the server only answers without a list. */
export async function readTags(reader: Pick<KumaReader, "read">): Promise<readonly ServerObject[]> {
  const { tags } = await reader.read("getTags");
  if (!Array.isArray(tags)) throw incomplete("the server answered getTags, but sent no list");
  return serverObjects(tags as readonly Json[], "tag");
}

function incomplete(message: string): KumaError {
  return new KumaError("incomplete", message, {
    hint: "look at the server's log, and check that nothing in front of it changes what it says",
  });
}
