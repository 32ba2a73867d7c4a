/** Reads JSON that should have a certain shape, and says where it does not. */
import { isJsonObject, pointerTo, type Json, type JsonObject, type JsonPointer } from "../model/json.ts";

/** Thrown by a reader; the message is one sentence with the place. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Each of them throws ShapeError for anything else than it is named after. */
export interface JsonReader {
  readonly value: Json;
  text(): string;
  number(): number;
  flag(): boolean;
  object(): JsonObject;
  list(): readonly JsonReader[];
  oneOf<Word extends string>(words: readonly Word[]): Word;
  member(name: string): JsonReader;
  /** Undefined when there is no such member. */
  optional(name: string): JsonReader | undefined;
  members(): readonly (readonly [name: string, value: JsonReader])[];
  wrong(expected: string): ShapeError;
}

/** `at` is where `value` stands, `""` for a whole document. */
export function readJson(value: Json, at: JsonPointer = ""): JsonReader {
  const wrong = (expected: string): ShapeError =>
    new ShapeError(`${at === "" ? "the document" : at} must be ${expected}`);
  const object = (): JsonObject => {
    if (isJsonObject(value)) return value;
    throw wrong("an object");
  };
  const optional = (name: string): JsonReader | undefined => {
    const found = Object.hasOwn(object(), name) ? object()[name] : undefined;
    return found === undefined ? undefined : readJson(found, at + pointerTo(name));
  };
  return {
    value,
    wrong,
    object,
    optional,
    text: () => {
      if (typeof value === "string") return value;
      throw wrong("text");
    },
    number: () => {
      if (typeof value === "number") return value;
      throw wrong("a number");
    },
    flag: () => {
      if (typeof value === "boolean") return value;
      throw wrong("true or false");
    },
    list: () => {
      if (!Array.isArray(value)) throw wrong("a list");
      return value.map((item: Json, index) => readJson(item, at + pointerTo(index)));
    },
    oneOf: (words) => {
      const word = words.find((known) => known === value);
      if (word === undefined) throw wrong(`one of ${words.join(", ")}`);
      return word;
    },
    member: (name) => {
      const found = optional(name);
      if (found === undefined) throw new ShapeError(`${at === "" ? "the document" : at} has no "${name}"`);
      return found;
    },
    members: () => Object.entries(object()).map(([name, item]) => [name, readJson(item, at + pointerTo(name))]),
  };
}
