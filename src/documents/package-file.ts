/**
 * A file of this package by its path in it, for example `schemas/plan.schema.json`. This module and the chunk it is
 * bundled into both stand two folders deep (scripts/bundle.mjs).
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
