import { entityKey, isEntityKey, localKey, type EntityKey, type KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isHidden, quoted } from "../entity-finding.ts";
import { leftOutAt, leftOutWords, type LeftOut } from "../expand/left-out.ts";
import { guess } from "../../model/guess.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { WrittenReference } from "./relations.ts";
import type { ConfigRule, RuleInput } from "./rule.ts";

/** Every referenced key must be declared, and a parent must be a group. */
export const references: ConfigRule = {
  name: "references",
  checkAll(input) {
    const nearest = createNearest(input);
    return input.entities.flatMap((entity) =>
      input.referencesOf(entity).flatMap((reference) => {
        if (!isEntityKey(reference.to)) return [];
        const leftOut = leftOutAt(reference.to, input.leftOut);
        if (!input.declared.has(reference.to)) {
          if (leftOut !== undefined) return [toLeftOut(entity, reference, leftOut)];
          return input.isComplete ? [unknown(entity, reference, nearest)] : [];
        }
        const isParent = reference.pointer === "/parent";
        const type = input.byKey.get(reference.to)?.variant.type;
        return isParent && type !== undefined && type !== "group" ? [notGroup(entity, reference, input)] : [];
      }),
    );
  },
};

/** A guess compares with every key. With more findings than this, nobody reads the list anyway. */
const maxGuesses = 100;

interface Near {
  readonly key: string;
  readonly place: YamlPlace;
}

type Nearest = (kind: KindName, key: string) => Near | undefined;

/** The declared key that was probably meant. */
function createNearest({ declared }: RuleInput): Nearest {
  const known = new Map<string, Near | undefined>();
  return (kind, key) => {
    const id = entityKey(kind, key);
    if (known.has(id) || known.size >= maxGuesses) return known.get(id);
    const near = guess(
      key,
      [...declared.keys()].filter((other) => other.startsWith(`${kind}/`)).map((other) => localKey(other)),
    );
    const place = near === undefined ? undefined : declared.get(entityKey(kind, near))?.place;
    const result = near === undefined || place === undefined ? undefined : { key: near, place };
    known.set(id, result);
    return result;
  };
}

function unknown(entity: DeclaredEntity, reference: WrittenReference, nearest: Nearest): Finding {
  const { pointer, isAboutKey, kind } = reference;
  const key = localKey(reference.to as EntityKey);
  const near = isHidden(entity, pointer) ? undefined : nearest(kind, key);
  return findingFor(entity, {
    code: "KS1301",
    severity: "error",
    message: `${kind} ${quoted(entity, pointer, key)} is not declared`,
    hint:
      near === undefined
        ? `declare it, or write { name: … } for one made by hand on the server`
        : `did you mean "${near.key}"?`,
    ...(near === undefined
      ? {}
      : { related: { message: `"${near.key}" is declared here`, at: spanOf(near.place, "key") } }),
    pointer,
    isAboutKey,
  });
}

function toLeftOut(
  entity: DeclaredEntity,
  { pointer, isAboutKey, kind, to }: WrittenReference,
  leftOut: LeftOut,
): Finding {
  const { message, hint, related } = leftOutWords(to as EntityKey, leftOut);
  const canSelect = entity.kind === "status-page" || entity.kind === "maintenance";
  return findingFor(entity, {
    code: "KS1301",
    severity: "error",
    message: `${kind} ${message}`,
    hint: canSelect ? "take it out, or use a selector, which takes the monitors that are there" : hint,
    related,
    pointer,
    isAboutKey,
  });
}

function notGroup(entity: DeclaredEntity, { pointer, to }: WrittenReference, { declared }: RuleInput): Finding {
  const first = declared.get(to as EntityKey);
  return findingFor(entity, {
    code: "KS1303",
    severity: "error",
    message: `parent ${quoted(entity, pointer, localKey(to as EntityKey))} is not a group`,
    hint: "only monitors of type group hold others",
    ...(first === undefined ? {} : { related: { message: "declared here", at: spanOf(first.place, "key") } }),
    pointer,
  });
}
