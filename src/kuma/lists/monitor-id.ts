/**
 * An id from a push, which is a number or text (docs/upstream/uptime-kuma.md#shapes-of-pushes). NaN for anything else,
 * even for values that `Number` throws at.
 */
export function monitorIdOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}
