import { isEntityKey, localKey, type KindName } from "../../model/entity.ts";
import { guess } from "../../model/guess.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isWithheld, type EntityFinding } from "../entity-finding.ts";
import { leftOutAt, leftOutWords } from "../expand/left-out.ts";
import { tagsIn, type Selector } from "../selectors/selector.ts";
import { listOf } from "../../kinds/codecs/list-of.ts";
import { selectorText } from "../../model/selector-text.ts";
import type { ConfigRule, RuleInput } from "./rule.ts";

/** The tags and groups that a selector names are declared, and there is a monitor that it stands for. */
export const selectors: ConfigRule = {
  name: "selectors",
  checkAll(input) {
    const near = createNear();
    const isTold = canTell(input);
    return input.entities.flatMap((entity) =>
      (entity.selections ?? [])
        .flatMap((selection) => selection.selectors)
        .flatMap(({ selector, count }) => {
          const unknown = unknownNames(selector, input, near);
          return unknown.length > 0 || count > 0 || !isTold ? unknown : [matchesNothing(selector, input, near)];
        })
        .map((finding) => findingFor(entity, finding)),
    );
  },
};

/** The word that was probably meant. */
type Near = (word: string, known: () => readonly string[]) => string | undefined;

/** Guesses cost a comparison with every word; beyond these the list of findings is too long to be read anyway. */
const maxGuesses = 100;

function createNear(): Near {
  let count = 0;
  return (word, known) => {
    count += 1;
    return count > maxGuesses ? undefined : guess(word, known());
  };
}

function unknownNames(
  { tags = [], parents = [] }: Selector,
  input: RuleInput,
  nearest: Near,
): readonly EntityFinding[] {
  const named = [
    ...tags.flat().map(({ tag, ...at }) => ({ ...at, kind: "tag" as const, to: tag })),
    ...parents.map((parent) => ({ ...parent, isAboutKey: false, kind: "monitor" as const })),
  ];
  return named.flatMap(({ kind, to, pointer, isAboutKey }): EntityFinding[] => {
    if (!isEntityKey(to)) return [];
    const at = { severity: "error", pointer, isAboutKey } as const;
    if (!input.declared.has(to)) {
      const leftOut = leftOutAt(to, input.leftOut);
      if (leftOut !== undefined) {
        const { message, ...words } = leftOutWords(to, leftOut);
        return [{ ...at, code: "KS1301", message: `${kind} ${message}`, ...words }];
      }
      if (!input.isComplete) return [];
      const near = nearest(localKey(to), () => keysOf(kind, input));
      const hint =
        near === undefined ? `declare it, or write { name: … } for one made by hand` : `did you mean "${near}"?`;
      return [{ ...at, code: "KS1301", message: `${kind} "${localKey(to)}" is not declared`, hint }];
    }
    const type = kind === "monitor" ? input.byKey.get(to)?.variant.type : undefined;
    if (type === undefined || type === "group") return [];
    const hint = "only monitors of type group hold others";
    return [{ ...at, code: "KS1303", message: `parent "${localKey(to)}" is not a group`, hint }];
  });
}

function keysOf(kind: KindName, { declared }: RuleInput): readonly string[] {
  return [...declared.keys()].filter((key) => key.startsWith(`${kind}/`)).map((key) => localKey(key));
}

/** False when monitors are missing, or a placeholder stands for what decides. */
function canTell({ entities, isComplete }: RuleInput): boolean {
  return (
    isComplete &&
    !entities.some(
      (entity) => entity.kind === "monitor" && (isWithheld(entity, "/tags") || isWithheld(entity, "/parent")),
    )
  );
}

function matchesNothing(selector: Selector, input: RuleInput, nearest: Near): EntityFinding {
  const near = nearFor(selector, input, nearest);
  return {
    code: "KS1780",
    severity: "warning",
    message: `no monitor matches ${selectorText(selector.written)}`,
    hint: near === undefined ? hintFor(selector) : `did you mean "${near}"?`,
    pointer: selector.pointer,
  };
}

function hintFor({ tags, parents, keys, types }: Selector): string {
  const conditions = [tags, parents, keys, types].filter((condition) => condition !== undefined);
  if (conditions.length > 1) return "a monitor must fulfil all conditions; in a list of selectors, one";
  if (tags !== undefined) return "give the tag to a monitor of this configuration, or remove the selector";
  if (parents !== undefined) return "put a monitor in the group with `parent`, or remove the selector";
  if (keys !== undefined) return "it is compared with keys, not with names";
  return "remove the selector, or correct it";
}

/** Of what some monitor has: another tag, group or key that is spelled much the same. */
function nearFor(
  { tags = [], parents = [], keys = [] }: Selector,
  input: RuleInput,
  nearest: Near,
): string | undefined {
  const monitors = input.entities.filter(({ kind }) => kind === "monitor");
  const candidates: readonly (readonly [word: string, known: () => readonly string[]])[] = [
    ...tags.flat().flatMap(({ tag }) => wordOf(tag).map((word) => [word, () => tagsOf(monitors)] as const)),
    ...parents.flatMap(({ to }) => wordOf(to).map((word) => [word, () => parentsOf(monitors)] as const)),
    ...keys.map((pattern) => [pattern.replaceAll("*", ""), () => monitors.map(({ key }) => localKey(key))] as const),
  ];
  return candidates.map(([word, known]) => nearest(word, known)).find((near) => near !== undefined);
}

function wordOf(reference: unknown): readonly string[] {
  return isEntityKey(reference) ? [localKey(reference)] : [];
}

function tagsOf(monitors: readonly DeclaredEntity[]): readonly string[] {
  return monitors
    .flatMap(({ written }) => listOf(written["tags"]))
    .flatMap((item) => tagsIn(item))
    .flatMap(({ tag }) => wordOf(tag));
}

function parentsOf(monitors: readonly DeclaredEntity[]): readonly string[] {
  return monitors.flatMap(({ canonical }) => wordOf(canonical["parent"]));
}
