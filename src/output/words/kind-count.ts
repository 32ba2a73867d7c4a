import type { KindName } from "../../model/entity.ts";
import { plural } from "./counts.ts";

/** `2 status pages`. A server has one set of settings, so settings are not counted. */
export function kindCount(kind: KindName, count: number): string {
  if (kind === "settings") return "the settings";
  const word = kind.replaceAll("-", " ");
  return plural(count, word, manyOf[kind] ?? `${word}s`);
}

const manyOf: { readonly [kind in KindName]?: string } = { proxy: "proxies", maintenance: "maintenances" };
