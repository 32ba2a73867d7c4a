/**
 * Returns a function that gives the largest value from index `from` to `to` (exclusive) in constant time; 0 for an
 * empty range. Preparing it takes n log n: each row holds the maxima of twice as many neighbours as the row before.
 */
export function rangeMaximum(values: readonly number[]): (from: number, to: number) => number {
  const rows: (readonly number[])[] = [values];
  for (let width = 1; 2 * width <= values.length; width *= 2) {
    const row = rows.at(-1) as readonly number[];
    rows.push(row.slice(0, row.length - width).map((value, at) => Math.max(value, row[at + width] as number)));
  }
  return (from, to) => {
    if (to <= from) return 0;
    const level = 31 - Math.clz32(to - from);
    const row = rows[level] as readonly number[];
    return Math.max(row[from] as number, row[to - 2 ** level] as number);
  };
}
