import type { Json, JsonObject } from "../../model/json.ts";
import type { Codec } from "../field.ts";

/**
 * For a column whose NULL the server treats as `value`: then NULL and `value` are no difference, and a monitor that another
 * tool has made is not edited for it. `isMeant` says for which rows; elsewhere NULL stays what it is.
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
