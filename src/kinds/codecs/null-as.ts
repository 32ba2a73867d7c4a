import type { Json, JsonObject } from "../../model/json.ts";
import type { Codec } from "../field.ts";

/**
 * For a column whose NULL the server treats as `value`. NULL and `value` are then equal, so that a monitor of another
 * tool is not edited because of it. `isMeant` decides for which rows this applies; in others NULL stays NULL.
 */
export function nullAs(value: Json, codec: Codec, isMeant: (row: JsonObject) => boolean = () => true): Codec {
  return {
    ...codec,
    fromKuma: (wire, referenceOf, row = {}) => {
      const canonical = codec.fromKuma(wire, referenceOf, row);
      return canonical === null && isMeant(row) ? value : canonical;
    },
  };
}
