/** Common shapes of fields, so that a table of fields states only what is special about each. */
import { durationPattern } from "../model/duration.ts";
import type { KindName } from "../model/entity.ts";
import type { Json } from "../model/json.ts";
import { isAtLeast, type Release } from "../model/release.ts";
import { duration } from "./codecs/duration.ts";
import { boolean, wholeNumber } from "./codecs/number.ts";
import { reference, referenceSet } from "./codecs/reference.ts";
import { addressList } from "./codecs/text-list.ts";
import { optionalText, pem, trimmedText, urlText, word } from "./codecs/text.ts";
import { type Field, type JsonSchema } from "./field.ts";

/** Facts that few fields have. */
type Rare = "kuma" | "since" | "isSensitive" | "isExclusive" | "isUnique" | "isKeptUnlessWritten" | "isObservable";

/** What every field states about itself. Editors show title and description. */
interface About extends Pick<Field, Rare | "valuesSince" | "codec"> {
  readonly title: string;
  readonly description: string;
  readonly examples: readonly Json[];
  readonly default: Json;
}

type Described<Optional extends keyof About = never> = Pick<About, "title" | "description"> &
  Partial<Pick<About, Rare | "examples" | Optional>>;

function fieldOf(
  { title, description, examples, default: fallback, ...marks }: Described<"default" | "codec" | "valuesSince">,
  rule: { readonly schema: JsonSchema; readonly codec: Field["codec"] },
): Field {
  return {
    codec: rule.codec,
    ...marks,
    schema: {
      title,
      description,
      ...rule.schema,
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(examples === undefined ? {} : { examples }),
    },
  };
}

/** Text. Numbers and booleans count as the text that was written. The canonical default is null. */
export function textField(about: Described<"default" | "codec">, rule: JsonSchema = {}): Field {
  return {
    ...fieldOf(about, { schema: { type: ["string", "number", "boolean"], ...rule }, codec: optionalText }),
    isText: true,
  };
}

/** A name or address, without surrounding white space. */
export function addressField(about: Described): Field {
  return textField({ ...about, codec: trimmedText }, { pattern: String.raw`\S` });
}

/** White space around a URL and the case of its scheme do not count. */
export const httpUrl: JsonSchema = { pattern: String.raw`^\s*[Hh][Tt][Tt][Pp][Ss]?://\S` };
export const webSocketUrl: JsonSchema = { pattern: String.raw`^\s*[Ww][Ss][Ss]?://\S` };

export function urlField(about: Described, rule: JsonSchema): Field {
  return textField({ ...about, codec: urlText }, rule);
}

/** A certificate or key. */
export function pemField(about: Described): Field {
  return textField({ ...about, codec: pem, examples: ["${file:client.pem}"] });
}

/** One of `words`. The default is also the meaning of null on the server, unless the codec says otherwise. */
export function wordField(
  about: Described<"codec" | "valuesSince"> & { readonly default: string },
  words: readonly string[],
): Field {
  return fieldOf(about, { schema: { type: "string", enum: words }, codec: word(about.default) });
}

/** One of `words`, or null for none of them, which is the default. */
export function optionalWordField(about: Described<"valuesSince">, words: readonly string[]): Field {
  return fieldOf(
    { ...about, default: null },
    { schema: { type: ["string", "null"], enum: [...words, null] }, codec: optionalText },
  );
}

export function booleanField(about: Described & { readonly default: boolean }): Field {
  return fieldOf(about, { schema: { type: "boolean" }, codec: boolean });
}

/** A whole number. `range` has the `minimum` and `maximum` of JSON Schema. */
export function wholeNumberField(
  about: Described<"default">,
  range: { readonly minimum: number; readonly maximum?: number },
): Field {
  return fieldOf(about, { schema: { type: "integer", ...range }, codec: wholeNumber });
}

/** Seconds, or a number with a unit. The server's limits depend on its release and are checked later. */
export function durationField(about: Described & { readonly default: number }): Field {
  return fieldOf(about, {
    schema: { type: ["number", "string"], exclusiveMinimum: 0, pattern: durationPattern },
    codec: duration,
  });
}

/** Addresses in the written order, at least one. */
export function addressListField(about: Described, item: JsonSchema): Field {
  return fieldOf(about, {
    schema: { type: "array", minItems: 1, items: { type: "string", ...item } },
    codec: addressList,
  });
}

/** The same fields in a type that uses them only from a later release on; each may be even newer. */
export function fieldsSince<Names extends string>(
  since: Release,
  fields: Readonly<Record<Names, Field>>,
): Readonly<Record<Names, Field>> {
  const later = Object.entries<Field>(fields).map(([name, field]): [string, Field] => [
    name,
    field.since !== undefined && isAtLeast(field.since, since) ? field : { ...field, since },
  ]);
  return Object.fromEntries(later) as Readonly<Record<Names, Field>>;
}

/** A key of this configuration, or `{ name: … }` or `{ id: … }` for an object made by hand. */
export function referenceSchema(title: string): JsonSchema {
  return {
    anyOf: [
      { type: "string", minLength: 1, description: `The key of a ${title} in this configuration.` },
      {
        type: "object",
        description: `A ${title} made by hand on the server, by its name.`,
        properties: { name: { type: "string", minLength: 1 } },
        required: ["name"],
        additionalProperties: false,
      },
      {
        type: "object",
        description: `A ${title} made by hand on the server, by its id, where its name is not unique.`,
        properties: { id: { type: "integer", minimum: 1 } },
        required: ["id"],
        additionalProperties: false,
      },
    ],
  };
}

export function referenceField(about: Described, kind: KindName): Field {
  return {
    ...fieldOf(about, { schema: referenceSchema(kind), codec: reference(kind) }),
    refersTo: kind,
  };
}

export function referenceSetField(about: Described, kind: KindName): Field {
  return {
    ...fieldOf(
      { ...about, default: [] },
      { schema: { type: "array", items: referenceSchema(kind) }, codec: referenceSet(kind) },
    ),
    refersTo: kind,
  };
}
