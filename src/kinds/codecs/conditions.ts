/**
 * Conditions on what a check found: a list of expressions and groups of them, joined from left to right by each one's
 * own `andOr` (uptime-kuma server/monitor-conditions). What a node is shows in its keys, so the server's `type` is
 * neither written nor canonical; keys that other tools add, such as an id for each node, are passed over.
 */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { listOf } from "./list-of.ts";
import { toText } from "./text.ts";

/** Canonical: a list of `{ andOr, variable, operator, value }` and `{ andOr, children }`; the value is text. */
export const conditions: Codec = {
  normalise: (written) => canonicalNodes(written, ({ children }) => children !== undefined),
  // The server skips nodes of any other type.
  fromKuma: (wire) => canonicalNodes(withoutUnknown(wire), ({ type }) => type === "group"),
  toKuma: (canonical) => serverNodes(canonical),
  written: (canonical) => writtenNodes(canonical),
};

type IsGroup = (node: JsonObject) => boolean;

/** The first node is joined to nothing; a form keeps there what it was when another stood before it. */
function canonicalNodes(value: Json | undefined, isGroup: IsGroup): Json[] {
  return listOf(value)
    .filter(isJsonObject)
    .map((node, index): Json => {
      const andOr = index > 0 && node["andOr"] === "or" ? "or" : "and";
      if (isGroup(node)) return { andOr, children: canonicalNodes(node["children"], isGroup) };
      const { variable, operator, value: operand } = node;
      return {
        andOr,
        variable: toText(variable) ?? "",
        operator: toText(operator) ?? "",
        value: toText(operand) ?? "",
      };
    });
}

/** `and` is the default and is left out. */
function writtenNodes(canonical: Json | undefined): Json[] {
  return listOf(canonical)
    .filter(isJsonObject)
    .map(({ andOr, children, ...expression }) => ({
      ...(andOr === "or" ? { andOr } : {}),
      ...(children === undefined ? expression : { children: writtenNodes(children) }),
    }));
}

function withoutUnknown(wire: Json | undefined): JsonObject[] {
  return listOf(wire)
    .filter(isJsonObject)
    .flatMap((node): JsonObject[] => {
      if (node["type"] === "group") return [{ ...node, children: withoutUnknown(node["children"]) }];
      return node["type"] === "expression" ? [node] : [];
    });
}

function serverNodes(canonical: Json | undefined): Json[] {
  return listOf(canonical)
    .filter(isJsonObject)
    .map(({ children, ...rest }) =>
      children === undefined
        ? { type: "expression", ...rest }
        : { type: "group", ...rest, children: serverNodes(children) },
    );
}
