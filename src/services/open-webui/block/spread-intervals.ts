/**
 * Uptime Kuma knows no offset: a monitor runs every `interval` seconds from the moment it was started, and two with the
 * same interval that start together meet at every check, for ever. What it allows is intervals without a common
 * divisor: two of those meet once in the product of both, for 300 s and 301 s about once a day.
 */

/**
 * The intervals of `count` monitors, in whole seconds from `base` on: each the next number without a divisor in common with
 * those before it and with `taken`. A monitor added at the end leaves the others as they are.
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
