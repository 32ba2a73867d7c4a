/** An id as pushes have it, number or text (uptime-kuma-api.md §2.2); NaN for anything else, which `Number` may throw at. */
export function monitorIdOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}
