import type { EntityKey, LoopKeys } from "../../model/entity.ts";

interface Entry {
  readonly from: string;
  readonly to: string;
}

/** The entries for `moved`: one for all moves to a loop whose old keys differ in the same part as the new ones. */
export function entriesFor(
  moves: readonly { readonly from: EntityKey; readonly to: EntityKey }[],
  loops: readonly LoopKeys[] = [],
): readonly Entry[] {
  const left = new Set(moves);
  const whole = loops.flatMap(({ key, made }): readonly Entry[] => {
    const keys = new Set(made);
    const own = moves.filter(({ to }) => keys.has(to));
    const entry = own.length < 2 ? undefined : oneEntry(key, own);
    if (entry === undefined) return [];
    for (const move of own) left.delete(move);
    return [entry];
  });
  return [...whole, ...left];
}

/** Undefined if the keys have several expressions, or differ in other parts too. */
function oneEntry(key: EntityKey, moves: readonly Entry[]): Entry | undefined {
  const [, before, expression, after] = /^([^$]*)(\$\{each:[^${}]+\})([^$]*)$/u.exec(key) ?? [];
  const [first] = moves;
  if (before === undefined || expression === undefined || after === undefined || first === undefined) return undefined;
  const middleOf = (to: string): string => to.slice(before.length, to.length - after.length);
  const middle = middleOf(first.to);
  const start = first.from.lastIndexOf(middle);
  if (start <= first.from.indexOf("/")) return undefined;
  const [head, tail] = [first.from.slice(0, start), first.from.slice(start + middle.length)];
  const areAlike = moves.every(({ from, to }) => from === head + middleOf(to) + tail);
  return areAlike ? { from: head + expression + tail, to: key } : undefined;
}
