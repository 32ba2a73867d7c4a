/** The same items so that every beginning of the list is spread over the whole: first, middle, quarters, eighths. */
export function spread<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item, index) => ({ item, rank: reversedBits(index, items.length) }))
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}

/** A place in a list, its binary digits read backwards: 0, 1/2, 1/4, 3/4, 1/8 … (van der Corput's sequence). */
function reversedBits(index: number, length: number): number {
  let rank = 0;
  let share = 1;
  for (let rest = index / Math.max(1, length), digit = 0; digit < 20; digit++) {
    rest *= 2;
    const bit = Math.floor(rest);
    rest -= bit;
    rank += bit * share;
    share *= 2;
  }
  return rank;
}
