/** The keys of an entity: its fields, and other keys such as `sample`. */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { enabledKey, loopKeys } from "../values/loop-row.ts";
import { guess, sameWord } from "../../model/guess.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { meantKey, renamed, type MeantKey } from "../pasted/meant-key.ts";
import { plainName } from "../pasted/plain-name.ts";
import { lifecycleKeys } from "./lifecycle-schemas.ts";
import { testSchemas } from "./monitor-tests.ts";
import { selectSchemas } from "../selectors/select-key.ts";
import { resendSchemas } from "./resend-every.ts";

/** A key that the object does not have. */
export interface UnknownEntry {
  readonly name: string;
  /** Undefined if the value must not be shown. */
  readonly value: Json | undefined;
}

/** Explains a key that a variant does not have: the key that was probably meant, or the types that have it. */
export function explainUnknown(kind: Kind, variant: Variant, { name, value }: UnknownEntry): MeantKey | undefined {
  const reason = Object.hasOwn(variant.leftOut ?? {}, name) ? variant.leftOut?.[name] : undefined;
  if (reason !== undefined) return { hint: reason };
  const place = rightPlace(name);
  if (place !== undefined) return { hint: place };
  const meant = meantKey({ kind, variant, name, value });
  if (meant !== undefined) return meant;
  const same = sameWord(name, keysBeside(variant));
  if (same !== undefined) return renamed(same);
  const near = guess(name, keysOf(variant));
  if (near !== undefined) return { hint: `did you mean "${near}"?`, field: near };
  return ownersOf(kind, name);
}

function ownersOf(kind: Kind, name: string): MeantKey | undefined {
  const plain = plainName(name);
  const found = kind.variants.flatMap((other) => {
    const key = keysOf(other).find((one) => plainName(one) === plain);
    return key === undefined || other.type === undefined ? [] : [{ key, type: other.type }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const owners = found.map(({ type }) => type);
  const what = first.key === name ? "it" : first.key;
  return { hint: `${owners.join(", ")} ${owners.length === 1 ? "has" : "have"} ${what}` };
}

/** What other tools call the list of a loop. */
const foreignLoops: ReadonlySet<string> = new Set([
  "for_each",
  "forEach",
  "foreach",
  "loop",
  "with_items",
  "with_dict",
]);

/** Where a key belongs that says how objects are made, and that stands in the wrong place. */
export function rightPlace(name: string): string | undefined {
  if (name.startsWith("x-")) return "keys that start with x- are allowed only at the top level";
  if (name === loopKeys.rows) return `only an object or a service can have "${name}", in its own block`;
  if (name === loopKeys.condition || name === loopKeys.distinct) {
    const inTemplate = name === loopKeys.condition ? `; a template can have ${enabledKey}: with \${each:…}` : "";
    return `"${name}" chooses the rows of a loop, which has each: in the same block${inTemplate}`;
  }
  if (foreignLoops.has(name))
    return `write ${loopKeys.rows}: with the rows; \${each:key} and \${each:value} stand for their values`;
  if (name === enabledKey) return `only an object, a service, a template and an override have "${name}"`;
  if (name === "use") return "only an object and a template can use templates";
  return name === "defaults" ? "only a group has defaults, for the monitors below it" : undefined;
}

function keysOf(variant: Variant): readonly string[] {
  return [...Object.keys(variant.fields), ...Object.keys(selectSchemas(variant)), ...keysBeside(variant)];
}

/** The keys of an entity that are not fields. */
function keysBeside(variant: Variant): readonly string[] {
  return [...lifecycleKeys, ...Object.keys(testSchemas(variant)), ...Object.keys(resendSchemas(variant))];
}

/** Splits a checked entity into fields and other keys; `type` is in neither. */
export function splitKeys(
  variant: Variant,
  value: JsonObject,
): { readonly written: JsonObject; readonly beside: JsonObject } {
  const { type: _type, ...written } = value as Record<string, Json>;
  const beside: Record<string, Json> = {};
  for (const name of keysBeside(variant)) {
    const found = written[name];
    if (found === undefined) continue;
    beside[name] = found;
    delete written[name];
  }
  return { written, beside };
}
