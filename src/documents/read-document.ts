/**
 * Reads documents that kuma-sync wrote earlier: saved plans and snapshots from files, ledgers from the server. They may
 * come from anywhere, so each is checked by its published schema (schemas/) first.
 */
import { isJsonObject, pointerTo, type Json, type JsonObject, type JsonPointer } from "../model/json.ts";
import { readSchema } from "./published-schemas.ts";
import { checkSchema, type SchemaError } from "./schema-check.ts";

export type DocumentKind = "plan" | "snapshot" | "ledger";

export type ReadDocument =
  /** Has the members of its schema. */
  { readonly document: JsonObject } | { readonly problem: DocumentProblem };

/** Why a text is not a document of its kind. */
export interface DocumentProblem {
  /** `format`: another major version of kuma-sync wrote it. `shape`: it is something else, or damaged. */
  readonly type: "format" | "shape";
  /** Where; `""` is the whole document. */
  readonly pointer: JsonPointer;
  /** What is wrong, with the place: `/steps/0/action must be one of create, update`. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** What to do if a document cannot be used. */
export const remedies: Readonly<Record<DocumentKind, string>> = {
  plan: "make one with kuma-sync plan --out FILE",
  snapshot: "make one with kuma-sync snapshot --out FILE",
  ledger: "the next apply writes it again",
};

/** Never throws because of the text. */
export async function readDocument(kind: DocumentKind, text: string): Promise<ReadDocument> {
  const document = parse(text);
  const hint = remedies[kind];
  if (!isJsonObject(document)) {
    const message = `it is not ${document === undefined ? "JSON" : "a JSON object"}`;
    return { problem: { type: "shape", pointer: "", message, hint } };
  }
  const error = mostTelling(checkSchema(await schemaOf(kind), document));
  return error === undefined ? { document } : { problem: { ...problemOf(error), hint } };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const schemas = new Map<DocumentKind, Promise<JsonObject>>();

/** Reads each schema once. */
function schemaOf(kind: DocumentKind): Promise<JsonObject> {
  const known = schemas.get(kind) ?? readSchema(kind).then((text) => JSON.parse(text) as JsonObject);
  schemas.set(kind, known);
  return known;
}

/** An error in the type or format of the document comes first, because it causes the others. */
function mostTelling(errors: readonly SchemaError[]): SchemaError | undefined {
  const named = errors.filter(({ keyword }) => keyword !== "if");
  const about = (pointer: JsonPointer): SchemaError | undefined => named.find((error) => error.pointer === pointer);
  const first = about("/type") ?? about("/formatVersion") ?? named[0];
  // A wrong key has two errors: its mistake, and its name.
  return named.find(({ keyword, pointer }) => keyword === "propertyNames" && pointer === first?.pointer) ?? first;
}

type Described = Omit<DocumentProblem, "hint">;

function at(pointer: JsonPointer, words: string): Described {
  return { type: "shape", pointer, message: `${pointer === "" ? "it" : pointer} ${words}` };
}

function problemOf(error: SchemaError): Described {
  const { keyword, pointer, property = "", schema, value } = error;
  if (pointer === "/formatVersion") {
    return {
      type: "format",
      pointer,
      message: `it has the format ${JSON.stringify(value)}, and this version reads 1.x`,
    };
  }
  switch (keyword) {
    case "required":
      return at(pointer, `has no "${property}"`);
    case "additionalProperties":
      return at(pointer + pointerTo(property), "is not known");
    case "propertyNames":
      return at(pointer + pointerTo(property), "must be the key of an object, such as monitor/api");
    case "type": {
      const types = [schema["type"]].flat() as readonly string[];
      return at(pointer, `must be ${types.map((type) => typeWords[type]).join(" or ")}`);
    }
    case "enum":
      return at(pointer, `must be one of ${(schema["enum"] as readonly string[]).join(", ")}`);
    case "const":
      return at(pointer, `must be ${JSON.stringify(schema["const"])}`);
    case "false schema":
      return at(pointer, "must not be there");
    default:
      return at(
        pointer,
        typeof schema["description"] === "string" ? `is not this: ${schema["description"]}` : "is wrong",
      );
  }
}

const typeWords: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "text",
};
