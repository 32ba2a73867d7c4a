/**
 * Merge keys of YAML 1.1 (https://yaml.org/type/merge.html): `<<: *base` adds the pairs of a mapping whose keys are not
 * written beside it; of a list of mappings, the first with a key counts. They are resolved when nodes are read, so that a
 * merged value keeps its node, and with it its place.
 */
import { isAlias, isMap, isScalar, isSeq, Scalar, type Pair, type ParsedNode, type YAMLMap } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { keyText, resolved, spanOf } from "./positions.ts";
import type { SourceDocument } from "./source-document.ts";

export type ParsedPair = Pair<ParsedNode, ParsedNode | null>;

export type ParsedMap = YAMLMap.Parsed;

export interface MergedPairs {
  /** Merged pairs first, as if they were written above; without the merge keys. */
  readonly pairs: readonly ParsedPair[];
  /** Those of `pairs` that are merged. */
  readonly inherited: ReadonlySet<ParsedPair>;
  readonly problems: readonly Finding[];
}

/** Only without quotes: `"<<"` is an ordinary key. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && (key.type === undefined || key.type === Scalar.PLAIN);
}

const nothing: Pick<MergedPairs, "inherited" | "problems"> = { inherited: new Set(), problems: [] };
/** Results by mapping, because many mappings may merge the same anchor. */
const known = new WeakMap<ParsedMap, MergedPairs>();

/** The pairs of a mapping. In a document without merge keys nothing is resolved. */
export function mergedPairs(document: SourceDocument, map: ParsedMap): MergedPairs {
  return document.hasMergeKeys ? merged(document, map, new Set()) : { pairs: map.items, ...nothing };
}

function merged(document: SourceDocument, map: ParsedMap, open: Set<ParsedMap>): MergedPairs {
  const found = known.get(map);
  if (found !== undefined) return found;
  const result = map.items.some(({ key }) => isMergeKey(key))
    ? merge(document, map, open.add(map))
    : { pairs: map.items, ...nothing };
  open.delete(map);
  known.set(map, result);
  return result;
}

function merge(document: SourceDocument, map: ParsedMap, open: Set<ParsedMap>): MergedPairs {
  const own = map.items.filter(({ key }) => !isMergeKey(key));
  const [first, ...others] = map.items.filter(({ key }) => isMergeKey(key));
  const problems = others.map(({ key }) => writtenTwice(document, key, first?.key));
  const taken = new Set(own.map(({ key }) => keyText(key)));
  const inherited = new Set<ParsedPair>();
  for (const source of sourcesOf(document, first?.value ?? undefined)) {
    const target = resolved(document, source);
    if (!isMap<ParsedNode, ParsedNode | null>(target)) {
      problems.push(noMapping(document, source ?? first?.key, target));
    } else if (open.has(target)) {
      problems.push(containsItself(document, source ?? target));
    } else {
      const below = merged(document, target, open);
      problems.push(...below.problems);
      for (const pair of below.pairs) if (!taken.has(keyText(pair.key))) inherited.add(pair);
      for (const { key } of below.pairs) taken.add(keyText(key));
    }
  }
  return { pairs: [...inherited, ...own], inherited, problems };
}

/** The mappings of a merge key: one or a list of them, perhaps through aliases. */
function sourcesOf(document: SourceDocument, value: ParsedNode | undefined): readonly (ParsedNode | undefined)[] {
  const target = resolved(document, value);
  return isSeq<ParsedNode>(target) ? target.items : [value];
}

function writtenTwice(document: SourceDocument, key: ParsedNode, first: ParsedNode | undefined): Finding {
  const related =
    first === undefined ? {} : { related: { message: "first here", at: spanOf({ document, key: first }, "key") } };
  return {
    code: "KS1005",
    severity: "error",
    message: 'key "<<" is written twice',
    at: spanOf({ document, key }, "key"),
    hint: "merge several with a list: <<: [*one, *two]",
    ...related,
  };
}

function noMapping(document: SourceDocument, node: ParsedNode | undefined, target: ParsedNode | undefined): Finding {
  const at = spanOf({ document, ...(node === undefined ? {} : { node }) }, "value");
  if (isAlias(node) && target === undefined) {
    const message = `alias "*${node.source}" has no anchor`;
    const hint = `write &${node.source} above, at the mapping that is meant`;
    return { code: "KS1009", severity: "error", message, at, hint };
  }
  const what = isSeq(target) ? "a list" : isScalar(target) && target.value !== null ? "a text" : "nothing";
  return {
    code: "KS1751",
    severity: "error",
    message: `a merge key takes a mapping, not ${what}`,
    at,
    hint: "write <<: *NAME, with &NAME at a mapping above, or a list of them",
  };
}

function containsItself(document: SourceDocument, node: ParsedNode): Finding {
  const name = isAlias(node) ? ` "*${node.source}"` : "";
  const message = `merge of${name === "" ? " a mapping" : name} into itself`;
  const at = spanOf({ document, node }, "value");
  return { code: "KS1751", severity: "error", message, at, hint: "merge another mapping, or leave it out" };
}
