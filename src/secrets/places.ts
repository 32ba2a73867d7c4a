/**
 * Which part of a redacted value holds what. Redaction uses these places and never the name of a member alone: a
 * member `key` of a step is a key of ours, and a member `key` of a header's value may be anything.
 *
 * - `own`: a word of kuma-sync, a key, or a place in a file. It is not changed, because readers depend on it.
 * - `value`: a value of the user's or of a server's. Numbers and names of members in it count as text too, and a password or a
 *   token in an address is hidden even if nobody named it as a secret, because only the server may know it.
 * - `text`, also the default: texts are searched for secrets; numbers come from kuma-sync and stay.
 *
 * An object lists its members; `*` is every other member. A list is described by its items.
 */
import type { Json } from "../model/json.ts";

/** Places for a value of this type; for a union, of all its members. */
export type Places<Value> = Json extends Value
  ? AnyPlaces
  :
      | "own"
      | "value"
      | "text"
      | (Value extends readonly (infer Item)[]
          ? Places<Item>
          : Value extends ReadonlyMap<unknown, infer Item>
            ? { readonly "*"?: Places<Item> }
            : Value extends object
              ? { readonly [Name in keyof Value]?: Places<Value[Name]> }
              : never);

/** Places of a value whose type does not name its members. */
export type AnyPlaces = "own" | "value" | "text" | { readonly [member: string]: AnyPlaces | undefined };
