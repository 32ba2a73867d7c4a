/**
 * Where secrets are written out in the lines of a file: behind the names of their keys, line by line, because a file with
 * mistakes often does not parse. It rather hides too much than too little.
 */
import { isPlainHeader } from "../../../secrets/object-secrets.ts";
import type { TextRange } from "../../../secrets/text-finder.ts";
import { bareKeyIn, collectionAt, keysIn, valueIn, type Continuation, type KeyInLine } from "./value-ranges.ts";
import type { SensitiveNames } from "./sensitive-names.ts";

export interface HidingOptions {
  readonly names: SensitiveNames;
  /** Names of columns, variables and anchors whose values go to sensitive fields (passed-names.ts). */
  readonly passed: ReadonlySet<string>;
  /** Called with the text behind each sensitive key. */
  readonly onValue?: (text: string) => void;
}

/** The value of a sensitive key, which goes on below it. */
interface Below {
  /** The column of the key. */
  readonly indent: number;
  readonly continuation: Exclude<Continuation, { readonly type: "none" }>;
  readonly section: string | undefined;
  /** The key only sounds like that of a secret: it may as well be the key of an object. */
  readonly isGuess: boolean;
  /** The column of a key inside, with a text of several lines. */
  readonly textAt?: number | undefined;
  /** How many lines an open quote or bracket has had. */
  readonly count: number;
}

/** After as many lines, an open quote or bracket is a mistake that was made in this line. */
const mostOpenLines = 30;

/** For each line; they may overlap, and are not sorted. */
export function hiddenRanges(lines: readonly string[], options: HidingOptions): readonly (readonly TextRange[])[] {
  const place = sectionFinder(lines, options.names);
  let below: Below | undefined;
  return lines.map((line) => {
    const indent = line.search(/[^\s\uFEFF]/u);
    if (indent === -1) return [];
    const keys = keysIn(line);
    if (below !== undefined) {
      const step = stepBelow(line, { indent, keys, below }, options.names);
      below = step?.below;
      if (step !== undefined) {
        options.onValue?.(line);
        if (step.isWhole) return step.ranges;
        const own = ownRanges(line, keys, { ...options, ...place(line, indent, keys) });
        below ??= own.below;
        return [...step.ranges, ...own.ranges];
      }
    }
    const own = ownRanges(line, keys, { ...options, ...place(line, indent, keys) });
    below = own.below;
    return own.ranges;
  });
}

interface LinePlace {
  /** The section that the line belongs to, as far as its indentation tells. */
  readonly section: string | undefined;
  /** The first key of the line is the key of an object. */
  readonly isEntry: boolean;
}

/** Follows the lines of a file from the first to the last. */
function sectionFinder(
  lines: readonly string[],
  names: SensitiveNames,
): (line: string, indent: number, keys: readonly KeyInLine[]) => LinePlace {
  const first = lines.find((line) => /^[^\S\uFEFF]*\uFEFF?["']?[A-Za-z]/u.test(line));
  const topIndent = first?.search(/[^\s\uFEFF]/u) ?? 0;
  let section: string | undefined;
  let isOfKinds = false;
  let entryIndent: number | undefined;
  return (_line, indent, [key]) => {
    if (key?.start !== indent) return { section, isEntry: false };
    if (indent <= topIndent) {
      section = key.name;
      isOfKinds = key.name === "defaults" || key.name === "templates";
      entryIndent = undefined;
      return { section, isEntry: false };
    }
    entryIndent ??= indent;
    const isEntry = indent <= entryIndent;
    if (isEntry && isOfKinds) section = names.sectionOf(key.name);
    return { section, isEntry };
  };
}

interface OwnRanges {
  readonly ranges: readonly TextRange[];
  readonly below: Below | undefined;
}

/** Behind the sensitive keys of a line. */
function ownRanges(
  line: string,
  keys: readonly KeyInLine[],
  { names, passed, onValue, section, isEntry }: HidingOptions & LinePlace,
): OwnRanges {
  const ranges: TextRange[] = [];
  let below: Below | undefined;
  let from = 0;
  const hide = (key: KeyInLine, isGuess: boolean): void => {
    const { range, text, continuation } = valueIn(line, key.valueAt);
    if (isGuess && text.startsWith("{")) return;
    onValue?.(text);
    if (range !== undefined) ranges.push(...partsOf(line, range, keys));
    from = Math.max(from, range?.end ?? key.valueAt);
    below = continuation.type === "none" ? undefined : { indent: key.start, section, isGuess, continuation, count: 0 };
  };
  const isPassedThrough = (name: string): boolean => names.isOpen(section) && !names.isKnown(name, section);
  for (const [index, key] of keys.entries()) {
    if (key.start < from) continue;
    below = undefined;
    // The key of an object may be called like a field.
    const isObject = isEntry && index === 0 && !isScalarAt(line, key.valueAt);
    if (names.hasField(key.name, section) || passed.has(key.name)) hide(key, false);
    else if (names.hasMeant(key.name, section) && !isObject) hide(key, false);
    else if (names.has(key.name, section) || (!isObject && isPassedThrough(key.name))) hide(key, true);
  }
  const bare = bareKeyIn(line);
  if (bare !== undefined && bare.start !== keys[0]?.start) {
    if (names.hasMeant(bare.name, section) || isPassedThrough(bare.name)) hide(bare, false);
  }
  for (const { index, 0: anchor, groups } of line.matchAll(/(?<=\s|^)&(?<name>[\w-]+)\s*/gu)) {
    if (!passed.has(`*${groups?.["name"] ?? ""}`)) continue;
    hide({ name: "", start: line.search(/[^\s-]/u), valueAt: index + anchor.length }, false);
  }
  return { ranges, below };
}

/** Of a mapping in the line, the values. */
function partsOf(line: string, range: TextRange, keys: readonly KeyInLine[]): readonly TextRange[] {
  if (line.charAt(range.start) !== "{") return [range];
  const inside = keys.filter(({ start, valueAt }) => start > range.start && valueAt < range.end);
  const [first] = inside;
  if (first === undefined || line.slice(range.start + 1, first.start).trim() !== "") return [range];
  return valuesOf(line.slice(0, range.end), inside);
}

function isScalarAt(line: string, start: number): boolean {
  return /^[^\s{[#&*!]/u.test(line.slice(start));
}

interface Step {
  readonly ranges: readonly TextRange[];
  /** What is still below. */
  readonly below: Below | undefined;
  /** Nothing in the line is to be looked at once more. */
  readonly isWhole?: true;
}

interface LineBelow {
  readonly indent: number;
  readonly keys: readonly KeyInLine[];
  readonly below: Below;
}

/** A line that may belong to the value above; undefined if it does not. */
function stepBelow(line: string, { indent, keys, below }: LineBelow, names: SensitiveNames): Step | undefined {
  const { continuation } = below;
  const count = below.count + 1;
  const isKeyed = keys[0]?.start === indent || /^-\s+["']?[\w.-]+["']?\s*:(?:\s|$)/u.test(line.slice(indent));
  if (below.isGuess && isKeyed && continuation.type === "block") return undefined;
  const whole: TextRange = { start: indent, end: line.trimEnd().length };
  if (continuation.type === "quote") {
    if (count > mostOpenLines || (isKeyed && indent <= below.indent)) return undefined;
    const end = line.indexOf(continuation.mark);
    return { ranges: [whole], below: end === -1 ? { ...below, count } : undefined, isWhole: true };
  }
  if (continuation.type === "brackets") {
    if (count > mostOpenLines) return undefined;
    const { length, depth } = collectionAt(line, 0, continuation.depth);
    const left = depth > 0 ? { ...below, count, continuation: { type: "brackets", depth } as const } : undefined;
    return { ranges: membersOf(line.slice(0, length), indent, keys), below: left };
  }
  // A tab counts as much as the editor shows, if no key tells otherwise.
  if (indent > below.indent || (!isKeyed && line.slice(0, indent).includes("\t"))) {
    if (continuation.type === "text") return { ranges: [whole], below, isWhole: true };
    // A text of several lines has no names.
    if (below.textAt !== undefined && indent > below.textAt) return { ranges: [whole], below, isWhole: true };
    const last = keys.at(-1);
    const opened = last === undefined ? undefined : valueIn(line, last.valueAt).continuation;
    const textAt = last !== undefined && opened?.type === "text" ? last.start : undefined;
    return { ranges: membersOf(line, indent, keys), below: { ...below, textAt }, isWhole: true };
  }
  // What was pasted below a key is often not indented.
  const isItem = line.charAt(indent) === "-" && continuation.type === "block" && !isKeyed;
  const isLost = !isKeyed && !/^(?:[-}\]#?]|\.\.\.)/u.test(line.slice(indent));
  const isPem = line.startsWith("-----", indent);
  if (isItem || isLost || isPem) return { ranges: [whole], below, isWhole: true };
  const [key] = keys;
  const isMember =
    continuation.type === "block" &&
    key?.start === indent &&
    !names.isKnown(key.name, below.section) &&
    isScalarAt(line, key.valueAt);
  return isMember ? { ranges: membersOf(line, indent, keys), below, isWhole: true } : undefined;
}

/** The names of members stay, such as those of headers. */
function membersOf(line: string, indent: number, keys: readonly KeyInLine[]): readonly TextRange[] {
  const end = line.trimEnd().length;
  const own = keys.filter(({ valueAt }) => valueAt <= line.length);
  const [first] = own;
  if (first === undefined || !/^[\s{[,-]*$/u.test(line.slice(0, first.start)))
    return /^[\s{}[\],]*$/u.test(line) ? [] : [{ start: indent, end }];
  return valuesOf(line, own);
}

/** Of the values that belong to none of the others; what every client sends is shown. */
function valuesOf(line: string, keys: readonly KeyInLine[]): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let from = 0;
  for (const { name, start, valueAt } of keys) {
    if (start < from) continue;
    const { range, text } = valueIn(line, valueAt);
    if (range !== undefined && !isPlainHeader(name)) ranges.push(range);
    from = Math.max(range?.end ?? 0, valueAt + text.length);
  }
  return ranges;
}
