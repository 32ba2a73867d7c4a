/**
 * Conditions on the result of a check: a list of expressions and groups, joined from left to right by the `andOr` of
 * each (uptime-kuma server/monitor-conditions). The keys of a node show what it is, so the server's `type` is neither
 * written nor canonical. Keys that other tools add, such as an id for each node, are ignored.
 */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { listOf } from "./list-of.ts";
import { toText } from "./text.ts";

/** Canonical: a list of `{ andOr, variable, operator, value }` and `{ andOr, children }`; the value is text. */
export const conditions: Codec = {
  normalise: (written) => canonicalNodes(written, ({ children }) => children !== undefined),
  // The server ignores nodes of any other type.
  fromKuma: (wire) => canonicalNodes(withoutUnknown(wire), ({ type }) => type === "group"),
  toKuma: (canonical) => serverNodes(canonical),
  written: (canonical) => writtenNodes(canonical),
};

type IsGroup = (node: JsonObject) => boolean;

/** The first node has nothing to join; the form may keep an `andOr` from when another node preceded it. */
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

/** `and` is the default and is not written. */
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
