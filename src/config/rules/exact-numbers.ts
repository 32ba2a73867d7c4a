import { isScalar } from "yaml";
import { changedNumbers, keepsItsDigits } from "../values/exact-number.ts";
import { pointerParts, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, placeIn, type EntityFinding } from "../entity-finding.ts";
import { jsonProblem } from "../source/json-problem.ts";
import { resolved } from "../source/positions.ts";
import type { EntityRule } from "./rule.ts";

/** Integers whose digits would change on the way to the server, in a value or in a JSON text. */
export const exactNumbers: EntityRule = {
  name: "exact-numbers",
  checkEach: (entity) => [...checkValues(entity), ...checkTexts(entity)],
};

function checkValues(entity: DeclaredEntity): readonly EntityFinding[] {
  return bigIntegers(entity.written).flatMap((pointer): readonly EntityFinding[] => {
    const { document, node } = placeIn(entity, pointer);
    const scalar = resolved(document, node);
    if (!isScalar(scalar) || typeof scalar.value !== "number" || scalar.source === undefined) return [];
    return keepsItsDigits(scalar.source) ? [] : [changed(entity, { pointer }, scalar.source)];
  });
}

/** Pointers to integers that a double cannot represent exactly. */
function bigIntegers(value: Json): readonly JsonPointer[] {
  if (typeof value === "number") return Number.isInteger(value) && !Number.isSafeInteger(value) ? [""] : none;
  if (typeof value !== "object" || value === null) return none;
  let found = none;
  for (const [name, item] of Object.entries<Json>(value)) {
    const inside = bigIntegers(item);
    // Nearly always empty, for thousands of values.
    if (inside.length > 0) found = [...found, ...inside.map((at) => pointerTo(name) + at)];
  }
  return found;
}

const none: readonly JsonPointer[] = [];

/** The server parses these texts and uses the parsed value. */
function checkTexts(entity: DeclaredEntity): readonly EntityFinding[] {
  return jsonTextsOf(entity).flatMap((name): readonly EntityFinding[] => {
    const text = entity.written[name];
    if (typeof text !== "string" || jsonProblem(text) !== undefined) return [];
    return changedNumbers(text).map((range) =>
      changed(entity, { pointer: pointerTo(name), range }, text.slice(...range)),
    );
  });
}

function jsonTextsOf({ written, variant }: DeclaredEntity): readonly string[] {
  const isJsonBody = (written["httpBodyEncoding"] ?? "json") === "json";
  return [
    "headers",
    "grpcBody",
    ...(isJsonBody ? ["body"] : []),
    ...(variant.type === "mongodb" ? ["databaseQuery"] : []),
  ];
}

function changed(entity: DeclaredEntity, at: Pick<EntityFinding, "pointer" | "range">, source: string): EntityFinding {
  const [field] = pointerParts(at.pointer);
  const isJsonBody = field === "body" && (entity.written["httpBodyEncoding"] ?? "json") === "json";
  return {
    code: "KS1411",
    severity: "error",
    message: isHidden(entity, at.pointer)
      ? "this integer would be sent with other digits"
      : `${source} would become ${JSON.stringify(Number(source))}`,
    hint: isJsonBody
      ? "write it in quotes; a service that wants a number gets it from JSON text under `httpBodyEncoding: xml` with the " +
        "header `Content-Type: application/json`"
      : "write it in quotes",
    why: "JSON numbers are read as doubles, which keep about 16 digits",
    ...at,
  };
}
