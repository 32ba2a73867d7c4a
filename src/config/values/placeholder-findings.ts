/** Findings of a run with placeholders: those that do not depend on one, and one note on the checks that do. */
import { isScalar } from "yaml";
import type { Finding } from "../../model/finding.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { pointerParts, valueAt, type JsonPointer } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { placeIn } from "../entity-finding.ts";
import { placesWith } from "./provenance.ts";
import { holdsPlaceholder, placeholderPattern } from "../../secrets/placeholder.ts";
import { resolved, spanOf } from "../source/positions.ts";

/** Rules that judge what is written around placeholders, or compare texts with the same placeholders. */
const judgesWritten =
  /^KS(1304|1307|1401|1402|1405|1418|1419|1420|1422|1424|1425|15\d\d|17(?!17|18)\d\d|182[46]|20\d\d)$/u;

/** Removes findings about a value that is not known. Findings about keys stay. */
export function withoutGuesses(findings: readonly Finding[], entities: readonly DeclaredEntity[]): readonly Finding[] {
  const doubtful = findings.filter(({ code, at }) => at !== undefined && !judgesWritten.test(code));
  if (doubtful.length === 0) return findings;
  const spans = entities.flatMap((entity) =>
    placesWith(entity.provenance, "placeholder").map((at) => wholeSpan(entity, at)),
  );
  const guesses = new Set(doubtful.filter(({ at }) => at !== undefined && spans.some((span) => isInSpan(at, span))));
  return findings.filter((finding) => !guesses.has(finding));
}

/** The span of all lines of a block; `spanOf` gives only the first. */
function wholeSpan(entity: DeclaredEntity, pointer: JsonPointer): SourceSpan {
  const place = placeIn(entity, pointer);
  const node = resolved(place.document, place.node);
  return isScalar(node) && node.range != null
    ? place.document.spanAt(node.range[0], node.range[1])
    : spanOf(place, "value");
}

function isInSpan(at: SourceSpan, span: SourceSpan): boolean {
  if (at.file !== span.file) return false;
  const isBefore = at.line < span.line || (at.line === span.line && at.column < span.column);
  const isAfter = at.line > span.endLine || (at.line === span.endLine && at.column >= span.endColumn);
  return !isBefore && !isAfter;
}

/** Fields whose text is checked by more than its schema. */
const judgedFields = [
  "body",
  "headers",
  "jsonPath",
  "expectedValue",
  "keyword",
  "sample",
  "tests",
  "conditions",
] as const;

/** Whether the host of a URL, or the whole URL, is a placeholder. */
const unknownHost = new RegExp(
  String.raw`^([A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*@)?[^/?#@]*)?${placeholderPattern.source}`,
  "u",
);

/** One note for all placeholders, at the first; none if no check depends on a placeholder. */
export function placeholderNote(entities: readonly DeclaredEntity[]): Finding | undefined {
  const checked = entities.flatMap((entity) => {
    const byField = new Map(checkedPlaces(entity).map((pointer) => [pointerParts(pointer)[0] ?? "", pointer]));
    return [...byField].map(([field, pointer]) => ({ entity, field, pointer }));
  });
  const [first, ...others] = checked;
  if (first === undefined) return undefined;
  const named = `"${first.field}" of ${first.entity.key}`;
  const more = others.length === 0 ? "" : ` and ${others.length} more ${others.length === 1 ? "field" : "fields"}`;
  return {
    code: "KS1106",
    severity: "info",
    message: `checked with placeholders, because secrets are not read: ${named}${more}`,
    hint: "--with-secrets checks the values themselves",
    at: spanOf(placeIn(first.entity, first.pointer), "value"),
  };
}

function checkedPlaces({ kind, written, provenance }: DeclaredEntity): readonly JsonPointer[] {
  return placesWith(provenance, "placeholder").filter((pointer) => {
    const [field = ""] = pointerParts(pointer);
    if (provenance.get(pointer)?.placeholder === "fitted") return true;
    if (kind === "monitor" && judgedFields.some((name) => name === field))
      return field !== "headers" || pointer === "/headers";
    const text = valueAt(written, pointer);
    return typeof text === "string" && /url/iu.test(field) && holdsPlaceholder(text) && unknownHost.test(text);
  });
}
