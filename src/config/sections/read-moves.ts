/** `moved:`: objects that keep their history under a new key. */
import { isScalar } from "yaml";
import type { JsonSchema } from "../../kinds/field.ts";
import { kindIdentity, localKey, type EntityKey, type KindName, type Move } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { guessHint } from "../../model/guess.ts";
import { pointerTo } from "../../model/json.ts";
import { readFullKey, type FullKeyContext, type NearKey } from "./full-key.ts";
import { placeBelow } from "../source/child-place.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import type { Loop } from "../expand/expand-loop.ts";
import { leftOutAt, type LeftOut } from "../expand/left-out.ts";
import type { ContextFor } from "../values/contexts.ts";
import type { LoopRow } from "../values/loop-row.ts";
import { readFields } from "./read-fields.ts";
import { readEntries } from "../values/read-value.ts";

/** One item of the list. @internal: also read by what generates the published schema and the reference. */
export const moveSchema = {
  type: "object",
  properties: {
    from: {
      type: "string",
      minLength: 1,
      description: "The full key that the object had.",
      examples: ["monitor/basket"],
    },
    to: { type: "string", minLength: 1, description: "The key, in full, that it has now.", examples: ["monitor/cart"] },
  },
  required: ["from", "to"],
  additionalProperties: false,
} as const satisfies JsonSchema;

interface MovesInput extends FullKeyContext {
  readonly declared: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  readonly leftOut: ReadonlyMap<EntityKey, LeftOut>;
  /** False if a file could not be read, so that no key can be called missing. */
  readonly isComplete: boolean;
  readonly nearKey: NearKey;
  readonly contextFor: ContextFor;
  readonly loops: readonly Loop[];
  report(finding: Finding): void;
}

interface WrittenMove {
  readonly from: EntityKey;
  readonly to: EntityKey;
  readonly kind: KindName;
  readonly fromPlace: YamlPlace;
  readonly toPlace: YamlPlace;
}

/** The valid moves; the others are reported. */
export function readMoves(items: readonly YamlPlace[], input: MovesInput): readonly Move[] {
  const written = items.flatMap((place, index) =>
    rowsOf(place, input).flatMap((row) => readMove(place, index, input, row) ?? []),
  );
  const circling = movesInCircles(written);
  const first = { from: firstBy(written, "from"), to: firstBy(written, "to") };
  const good = written.filter((move) => {
    const problem = circling.has(move) ? circling.get(move) : problemOf(move, first, input);
    if (problem !== undefined && problem !== "said") input.report(problem);
    return problem === undefined;
  });
  // Nothing is moved to an object that is left out.
  const usable = good.filter(({ to }) => leftOutAt(to, input.leftOut) === undefined);
  return usable.map(({ from, to, toPlace }) => ({ from, to, at: spanOf(toPlace, "value") }));
}

/** The rows to read the move for: those of the loop that it leads to, or none, which is once. */
function rowsOf(place: YamlPlace, input: MovesInput): readonly (LoopRow | undefined)[] {
  const to = placeBelow(place, ["to"]);
  const node = resolved(to.document, to.node);
  const text = isScalar(node) && typeof node.value === "string" ? node.value : "";
  if (!text.includes("${each:")) return [undefined];
  const loop = input.loops.find(
    ({ writtenKey, isService }) => writtenKey === text || (isService === true && text.startsWith(`${writtenKey}.`)),
  );
  if (loop !== undefined) return loop.objects.map(({ row }) => row);
  input.report({
    code: "KS1611",
    severity: "error",
    message: `there is no loop "${text.slice(0, 100)}"`,
    at: spanOf(to, "value"),
    hint:
      guessHint(
        text,
        input.loops.map(({ writtenKey }) => writtenKey),
      ).hint ?? "write the key of the loop as it stands there, with its kind: monitor/web-${each:key}",
  });
  return [];
}

function readMove(
  place: YamlPlace,
  index: number,
  input: MovesInput,
  row: LoopRow | undefined,
): WrittenMove | undefined {
  const places = readEntries(place, (finding) => input.report(finding));
  const pointer = pointerTo("moved", index);
  const { fields } = readFields(
    { places, at: place, pointer, subject: "a move", schema: moveSchema, isShown: true },
    { contextFor: (at) => input.contextFor(at, row) },
  );
  const fromPlace = placeBelow(place, ["from"]);
  const toPlace = placeBelow(place, ["to"]);
  const to = keyAt(toPlace, fields["to"], input);
  const from = keyAt(fromPlace, fields["from"], input, to?.kind);
  if (from === undefined || to === undefined) return undefined;
  return { from: from.key, to: to.key, kind: to.kind, fromPlace, toPlace };
}

/** `like`: the kind of the other end, which a key without a kind probably has too. */
function keyAt(
  place: YamlPlace,
  text: unknown,
  input: MovesInput,
  like?: KindName,
): { readonly key: EntityKey; readonly kind: KindName } | undefined {
  if (typeof text !== "string") return undefined;
  const read = readFullKey(text, input);
  if ("key" in read) return read;
  const isShort = like !== undefined && !text.includes("/") && "key" in readFullKey(`${like}/${text}`, input);
  const hint = isShort ? { hint: `did you mean "${like}/${text}"?` } : {};
  input.report({ ...read, severity: "error", at: spanOf(place, "value"), ...hint });
  return undefined;
}

/** Undefined for a valid move. */
function problemOf(
  move: WrittenMove,
  first: Readonly<Record<"from" | "to", ReadonlyMap<EntityKey, WrittenMove>>>,
  input: MovesInput,
): Finding | undefined {
  const { from, to, kind, fromPlace, toPlace } = move;
  const base = { severity: "error", at: spanOf(toPlace, "value") } as const;
  const atFrom = { severity: "error", at: spanOf(fromPlace, "value") } as const;
  if (!from.startsWith(`${kind}/`)) {
    const message = `"${from}" cannot become "${to}": the kind of an object never changes`;
    return { ...base, code: "KS1615", message };
  }
  if (kindIdentity[kind] === "shared") {
    const why = "objects of this kind are known by their name, whatever their key";
    return { ...base, code: "KS1604", message: `a ${kind} is not moved`, hint: "leave it out", why };
  }
  const end = first.from.get(from) === move ? "to" : "from";
  const earlier = first[end].get(move[end]);
  if (earlier !== undefined && earlier !== move) {
    const isTo = end === "to";
    return {
      ...(isTo ? base : atFrom),
      code: "KS1613",
      message: isTo ? `two objects are moved to "${to}"` : `"${from}" is moved twice`,
      related: { message: "first here", at: spanOf(isTo ? earlier.toPlace : earlier.fromPlace, "value") },
    };
  }
  const still = input.declared.get(from);
  if (still !== undefined) {
    return {
      ...atFrom,
      code: "KS1612",
      message: `"${from}" is still declared`,
      hint: `rename its key to "${localKey(to)}", or remove the move`,
      related: { message: "declared here", at: spanOf(still.place, "key") },
    };
  }
  if (!input.isComplete || input.declared.has(to) || leftOutAt(to, input.leftOut) !== undefined) return undefined;
  const next = first.from.get(to);
  const hint = next === undefined ? input.nearKey(to) : { hint: `write one move, from "${from}" to "${next.to}"` };
  return { ...base, code: "KS1611", message: `"${to}" is not declared`, ...hint };
}

/** The moves that lead back to their start, with one finding for each circle. */
function movesInCircles(moves: readonly WrittenMove[]): ReadonlyMap<WrittenMove, Finding | "said"> {
  const byFrom = firstBy(moves, "from");
  const circling = new Map<WrittenMove, Finding | "said">();
  const done = new Set<WrittenMove>();
  for (const start of moves) {
    const way: WrittenMove[] = [];
    let current: WrittenMove | undefined = start;
    while (current !== undefined && !done.has(current)) {
      done.add(current);
      way.push(current);
      current = byFrom.get(current.to);
    }
    const circle = current === undefined ? [] : way.slice(way.indexOf(current));
    const [first] = circle;
    if (first === undefined || first !== current) continue;
    const names = [...circle, first].map(({ from }) => `"${from}"`);
    const message =
      circle.length === 1 ? `${names[0]} is moved to itself` : `moves go in a circle: ${names.join(" to ")}`;
    for (const move of circle) circling.set(move, "said");
    circling.set(first, { code: "KS1614", severity: "error", message, at: spanOf(first.fromPlace, "value") });
  }
  return circling;
}

function firstBy(moves: readonly WrittenMove[], end: "from" | "to"): ReadonlyMap<EntityKey, WrittenMove> {
  return new Map(moves.toReversed().map((move) => [move[end], move]));
}
