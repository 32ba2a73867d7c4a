/** A finding that quotes what stands around it, without the secrets there. */
import type { Finding } from "../../../model/finding.ts";
import type { ShownSources } from "../../../model/shown-line.ts";
import type { SourceSpan } from "../../../model/source-span.ts";
import { reachOf, shortestSecret, shownForSecret } from "../../../secrets/secret.ts";
import { createTextFinder, replaceRanges } from "../../../secrets/text-finder.ts";

/** `sources` are the lines of the files, `shown` the same lines without secrets. */
export function shownFinding(
  finding: Finding,
  sources: ReadonlyMap<string, readonly string[]>,
  shown: ShownSources,
): Finding {
  const { at, related, fix, hint, why } = finding;
  const words = [at, related?.at].flatMap((place) => (place === undefined ? [] : hiddenWords(place, sources, shown)));
  const edits = fix?.edits.map(({ text }) => text) ?? [];
  const texts = [finding.message, hint, why, related?.message, fix?.title, ...edits].join("\n");
  // Nearly no finding quotes one.
  const quoted = words.filter((word) => reachOf(word) !== "nowhere" && texts.includes(word.slice(0, shortestSecret)));
  if (quoted.length === 0) return finding;
  const finder = createTextFinder();
  for (const word of quoted) finder.add(word);
  const clean = (text: string): string => replaceRanges(text, finder.rangesIn(text, { withCut: true }), shownForSecret);
  const { fix: _fix, ...rest } = finding;
  // An edit that says "(sensitive)" would do harm; `validate --fix` makes it without showing it.
  const isOpen = edits.every((text) => clean(text) === text);
  return {
    ...rest,
    message: clean(finding.message),
    ...(hint === undefined ? {} : { hint: clean(hint) }),
    ...(why === undefined ? {} : { why: clean(why) }),
    ...(related === undefined ? {} : { related: { ...related, message: clean(related.message) } }),
    ...(fix === undefined || !isOpen ? {} : { fix: { ...fix, title: clean(fix.title) } }),
  };
}

/** Lines before the place that a message may quote. */
const linesBefore = 3;
/** What every header, body and address has. */
const plainWord =
  /^(?:application|text|multipart|image)\/[\w.+*-]+$|^(?:https?|bearer|basic|accept|content-type|charset|utf-8)$/iu;

/** The hidden texts of the lines, whole and word by word. */
function hiddenWords(
  { file, line, endLine }: SourceSpan,
  sources: ReadonlyMap<string, readonly string[]>,
  shown: ShownSources,
): readonly string[] {
  const lines = shown.get(file) ?? [];
  const texts = sources.get(file) ?? [];
  const first = Math.max(0, line - 1 - linesBefore);
  const hidden = lines
    .slice(first, endLine + 1)
    .flatMap((one, index) => one.hidden.map(({ start, end }) => (texts[first + index] ?? "").slice(start, end)));
  return hidden.flatMap((text) => [text, ...text.split(/[\s"'{}[\],;:=()]+/u)]).filter((text) => !plainWord.test(text));
}
