/**
 * An id as pushes have it, number or text (docs/upstream/uptime-kuma.md#shapes-of-pushes); NaN for anything else, which
 * `Number` may throw at.
 */
export function monitorIdOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}
