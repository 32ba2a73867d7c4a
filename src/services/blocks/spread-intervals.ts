/**
 * Uptime Kuma has no offset: a monitor runs every `interval` seconds from its start, so two monitors with the same
 * interval that start together always check at the same moment. Intervals without a common divisor avoid that: two of
 * them coincide once in the product of both, which is about once a day for 300 s and 301 s.
 */

/**
 * The intervals of `count` monitors, in whole seconds from `base` on: each is the next number that has no common
 * divisor with the earlier ones and with `taken`. Adding a monitor at the end does not change the others.
 */
export function spreadIntervals(base: number, count: number, taken: readonly number[] = []): readonly number[] {
  const spread: number[] = [];
  for (let candidate = Math.ceil(base); spread.length < count; candidate++) {
    if ([...taken, ...spread].every((other) => commonDivisor(candidate, other) === 1)) spread.push(candidate);
  }
  return spread;
}

export function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}
