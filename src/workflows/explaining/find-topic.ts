/** What the words after `explain` mean. */
import { meantMonitorType } from "../../config/pasted/monitor-type-names.ts";
import { plainName } from "../../config/pasted/plain-name.ts";
import type { Kind, KindRegistry, Variant } from "../../kinds/kind.ts";
import { guess } from "../../model/guess.ts";

export type Topic =
  | { readonly type: "code"; readonly code: string }
  | { readonly type: "codes" }
  | { readonly type: "kinds" }
  | { readonly type: "configuration" }
  /** Its types; for a kind without types, its fields. */
  | { readonly type: "kind"; readonly kind: Kind }
  | { readonly type: "variant"; readonly kind: Kind; readonly variant: Variant; readonly others: readonly Kind[] }
  /** A field by its name, with the shapes that have it. */
  | { readonly type: "field"; readonly name: string; readonly owners: readonly FieldOwner[] }
  /** Nothing of the tables; it may still be a key. */
  | { readonly type: "unknown"; readonly near?: string };

export interface FieldOwner {
  readonly kind: Kind;
  readonly variant: Variant;
}

export interface Known {
  readonly kinds: KindRegistry;
  readonly codes: readonly string[];
}

const lists: Readonly<Record<string, "codes" | "kinds" | "configuration" | "types">> = {
  code: "codes",
  codes: "codes",
  findings: "codes",
  errors: "codes",
  kind: "kinds",
  kinds: "kinds",
  objects: "kinds",
  config: "configuration",
  configuration: "configuration",
  keys: "configuration",
  file: "configuration",
  type: "types",
  types: "types",
  monitortype: "types",
  monitortypes: "types",
};

/** `words` are one or two: `http`, `4009`, `notification smtp`, `http timeout`. */
export function findTopic(words: readonly string[], known: Known): Topic {
  const [first = "", second] = words.flatMap((word) => word.split(/[./](?=\S)/u).filter((part) => part !== ""));
  const whole = words.length === 1 ? byName(words[0] ?? "", known) : undefined;
  if (whole !== undefined) return whole;
  const topic = byName(first, known);
  if (second === undefined || topic === undefined) return topic ?? { type: "unknown", ...nearTo(first, known) };
  if (topic.type === "kind") return inKind(topic.kind, second);
  return topic.type === "variant" ? inVariant(topic, second) : { type: "unknown" };
}

function byName(word: string, { kinds, codes }: Known): Topic | undefined {
  const code = codeOf(word, codes);
  if (code !== undefined) return { type: "code", code };
  const plain = plainName(word);
  const list = Object.hasOwn(lists, plain) ? lists[plain] : undefined;
  const monitor = kinds.get("monitor");
  if (list === "types") return monitor && { type: "kind", kind: monitor };
  if (list !== undefined) return { type: list };
  return kindCalled(plain, kinds) ?? variantCalled(word, kinds) ?? fieldCalled(plain, kinds);
}

/** `KS4009`, `ks4009`, `4009`. */
function codeOf(word: string, codes: readonly string[]): string | undefined {
  const digits = /^(?:ks)?(\d{4})$/iu.exec(word)?.[1];
  return codes.find((code) => code === `KS${digits}`);
}

function kindCalled(plain: string, kinds: KindRegistry): Topic | undefined {
  const kind = [...kinds.values()].find(({ name, section }) =>
    [plainName(name), plainName(section), `${plainName(name)}s`].includes(plain),
  );
  return kind === undefined ? undefined : { type: "kind", kind };
}

/** A word may be both a monitor type and a notification provider: `smtp`. The monitor type comes first. */
function variantCalled(word: string, kinds: KindRegistry): Topic | undefined {
  const found = [...kinds.values()].toReversed().flatMap((kind) => {
    const variant = typeOf(kind, word);
    return variant === undefined ? [] : [{ kind, variant }];
  });
  const owner = found.find(({ kind }) => kind.name === "monitor") ?? found[0];
  if (owner === undefined) return undefined;
  const others = found.flatMap(({ kind }) => (kind === owner.kind ? [] : [kind]));
  return { type: "variant", ...owner, others };
}

function typeOf(kind: Kind, word: string): Variant | undefined {
  const exact = kind.variants.find(({ type }) => type === word);
  const plain = plainName(word);
  const same = exact ?? kind.variants.find(({ type }) => type !== undefined && plainName(type) === plain);
  if (same !== undefined || kind.name !== "monitor") return same;
  const meant = meantMonitorType(word);
  return meant === undefined ? undefined : kind.variants.find(({ type }) => type === meant.type);
}

function fieldCalled(plain: string, kinds: KindRegistry): Topic | undefined {
  const owners = [...kinds.values()].flatMap((kind) => kind.variants.map((variant) => ({ kind, variant })));
  return fieldOf(plain, owners);
}

function fieldOf(plain: string, candidates: readonly FieldOwner[]): Topic | undefined {
  const found = candidates.flatMap((owner) => {
    const name = Object.keys(owner.variant.fields).find((field) => plainName(field) === plain);
    return name === undefined ? [] : [{ name, owner }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  return { type: "field", name: first.name, owners: found.map(({ owner }) => owner) };
}

function inKind(kind: Kind, word: string): Topic {
  const variant = typeOf(kind, word);
  if (variant !== undefined) return { type: "variant", kind, variant, others: [] };
  const owners = kind.variants.map((one) => ({ kind, variant: one }));
  const near = guess(
    word,
    kind.variants.flatMap(({ type }) => type ?? []),
  );
  return (
    fieldOf(plainName(word), owners) ?? {
      type: "unknown",
      ...(near === undefined ? {} : { near: `${kind.name} ${near}` }),
    }
  );
}

function inVariant({ kind, variant }: FieldOwner, word: string): Topic {
  const found = fieldOf(plainName(word), [{ kind, variant }]);
  const near = guess(word, Object.keys(variant.fields));
  return found ?? { type: "unknown", ...(near === undefined ? {} : { near: `${variant.type ?? kind.name} ${near}` }) };
}

/** Of everything that can be explained. A number that is no code may be its end, or have a digit wrong. */
function nearTo(word: string, { kinds, codes }: Known): { readonly near?: string } {
  const digits = /^(?:ks)?(\d+)$/iu.exec(word)?.[1];
  if (digits !== undefined) {
    const near = codes.find((code) => code.endsWith(digits)) ?? guess(`KS${digits.padStart(4, "0")}`, codes);
    return near === undefined ? {} : { near };
  }
  const all = [...kinds.values()];
  const near = guess(word, [
    "types",
    "kinds",
    "codes",
    "configuration",
    ...all.flatMap(({ name, section }) => [name, section]),
    ...all.flatMap(({ variants }) => variants.flatMap(({ type }) => type ?? [])),
    ...codes,
    ...all.flatMap(({ variants }) => variants.flatMap(({ fields }) => Object.keys(fields))),
  ]);
  return near === undefined ? {} : { near };
}
