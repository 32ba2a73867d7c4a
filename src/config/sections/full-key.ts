/** Parses full keys such as `monitor/api`, as used in `moved:`, `adopt:` and overrides of targets. */
import type { KindRegistry } from "../../kinds/kind.ts";
import { entityKey, keyPattern, localKey, type EntityKey, type KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { guess } from "../../model/guess.ts";

const key = new RegExp(keyPattern, "u");

export function isKey(text: string): boolean {
  return text.length <= 100 && key.test(text);
}

export interface FullKeyContext {
  readonly registry: KindRegistry;
  readonly declared: ReadonlyMap<EntityKey, unknown>;
}

export type FullKey = { readonly key: EntityKey; readonly kind: KindName } | Pick<Finding, "code" | "message" | "hint">;

/** If `text` is not valid, the result says why and suggests a key. */
export function readFullKey(text: string, { registry, declared }: FullKeyContext): FullKey {
  const slash = text.indexOf("/");
  const [start, local] = slash === -1 ? ["", text] : [text.slice(0, slash), text.slice(slash + 1)];
  const kind = [...registry.values()].find(({ name }) => name === start);
  if (kind !== undefined && isKey(local)) return { key: entityKey(kind.name, local), kind: kind.name };
  const meant = meantKey(start, local, { registry, declared });
  return {
    code: "KS1606",
    message: `"${text.slice(0, 80)}" is not a full key`,
    hint: meant === undefined ? `write KIND/KEY, for example monitor/${isKey(local) ? local : "api"}` : meant,
  };
}

function meantKey(start: string, local: string, { registry, declared }: FullKeyContext): string | undefined {
  if (!isKey(local)) return undefined;
  const kinds = [...registry.values()];
  const bySection = kinds.find(({ section }) => section === start)?.name;
  const name =
    start === ""
      ? kinds.find((kind) => declared.has(entityKey(kind.name, local)))?.name
      : (bySection ??
        guess(
          start,
          kinds.map((kind) => kind.name),
        ));
  return name === undefined ? undefined : `did you mean "${name}/${local}"?`;
}

/** The declared key that was probably meant, as a hint to spread into a finding. */
export type NearKey = (wanted: EntityKey) => { readonly hint?: string };

/** A guess compares with every key. With more findings than this, nobody reads the list anyway. */
const maxGuesses = 100;

export function createNearKey(declared: ReadonlyMap<EntityKey, unknown>): NearKey {
  let count = 0;
  return (wanted) => {
    count += 1;
    if (count > maxGuesses) return {};
    const start = wanted.slice(0, wanted.indexOf("/") + 1);
    const near = guess(
      localKey(wanted),
      [...declared.keys()].filter((other) => other.startsWith(start)).map((other) => localKey(other)),
    );
    return near === undefined ? {} : { hint: `did you mean "${start}${near}"?` };
  };
}
