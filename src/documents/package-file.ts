/**
 * A file of this package by its path, such as `schemas/plan.schema.json`. This module and its chunk in `dist/` are both
 * two folders deep (scripts/bundle.mjs).
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
