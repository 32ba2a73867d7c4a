/**
 * Finds slips in a text without syntax errors, which YAML reads as a part of a value. The document is searched only if the
 * text contains something that may be a slip.
 */
import type { ParsedNode } from "yaml";
import { equalsSignIn } from "./equals-signs.ts";
import { invisibleIn } from "./invisible-characters.ts";
import { lineAt } from "./lines.ts";
import { missingBlank } from "./missing-blanks.ts";
import { plainScalarsOf, type PlainScalar } from "./plain-scalars.ts";
import { slashComment } from "./slash-comments.ts";
import type { Slip } from "./slip.ts";
import { smartQuotesIn } from "./smart-quotes.ts";

type ValueSlip = (scalar: PlainScalar, text: string) => readonly Slip[];

/** Slips in one scalar, each with what the text must contain. A new one is a line here. */
const ofScalars: readonly (readonly [suspicious: RegExp, slip: ValueSlip])[] = [
  [/(?:^|[\s{,[])\/[/*]/mu, commentIn],
  [/[{,](?:[ \t]*(?:\r\n?|\n))?[ \t]*[A-Za-z][\w-]*:[^\s/,}]|^[ \t]*(?:- +)*[A-Za-z][\w-]*:[^\s/]/mu, blankMissingIn],
  [/^[ \t]*(?:- +)*[A-Za-z][\w-]* *= *\S/mu, equalsSignsIn],
  [/^[ \t]*-[A-Za-z]/mu, dashWithoutBlank],
  [/^([ \t]*)[^\s#][^\n]{0,200}[^\s:|>]\n\1[ \t]+- /mu, listBelowValue],
];

/** The slips of a text, by place. They are to be corrected first, so no other finding of the file is reported. */
export function findValueSlips(root: ParsedNode, text: string): readonly Slip[] {
  const ofText = [...invisibleIn(text), ...smartQuotesIn(text)];
  const tried = ofScalars.filter(([suspicious]) => suspicious.test(text));
  const hasCommas = /[^\s,;][,;][ \t]*\r?$/mu.test(text);
  if (ofText.length === 0 && tried.length === 0 && !hasCommas) return [];
  const scalars = plainScalarsOf(root, text);
  const isPlain = ({ start }: Slip): boolean => scalars.some((scalar) => scalar.start <= start && start < scalar.end);
  return [
    ...ofText.filter(isPlain),
    ...(hasCommas ? trailingCommas(scalars) : []),
    ...tried.flatMap(([, slip]) => scalars.flatMap((scalar) => slip(scalar, text))),
  ].toSorted((left, right) => left.start - right.start);
}

/** A `//` or `/*` comment at the start of a key, or after a value in braces. */
function commentIn({ role, start, source, isInFlow }: PlainScalar, text: string): readonly Slip[] {
  if (/^\/[/*]/u.test(source) && role === "key") return [slashComment(start, text)];
  const behind = isInFlow && role === "value" ? /\s\/[/*]/u.exec(source) : null;
  return behind === null ? [] : [slashComment(start + behind.index + 1, text)];
}

/** `{ type:http }`, and `type:http` alone below a key. */
function blankMissingIn(scalar: PlainScalar, text: string): readonly Slip[] {
  const { start, source } = scalar;
  if (!(scalar.isInFlow && scalar.role === "key" && scalar.isAlone) && !isBelowItsKey(scalar, text)) return [];
  const [, key = "", value = ""] = /^([A-Za-z][\w-]*):(?!\/\/)(\S.*)$/mu.exec(source) ?? [];
  return key === "" || !source.startsWith(key) ? [] : [missingBlank(start, key, value)];
}

function equalsSignsIn(scalar: PlainScalar, text: string): readonly Slip[] {
  const isLine = isBelowItsKey(scalar, text) || scalar.role === "root";
  const lines = scalar.source.split("\n");
  if (!isLine || !lines.every((line) => /^\s*[A-Za-z][\w-]* *= *\S/u.test(line))) return [];
  return [...scalar.source.matchAll(/^/gmu)].flatMap(({ index }) => equalsSignIn(text, scalar.start + index));
}

/** `60,` as a value: two such values, or one that is a number, are JSON without braces. */
function trailingCommas(scalars: readonly PlainScalar[]): readonly Slip[] {
  const found = scalars.filter(({ role, isInFlow, source }) => role === "value" && !isInFlow && /[,;]$/u.test(source));
  if (found.length < 2 && !found.some(({ source }) => /^(?:\d+|true|false|null).$/u.test(source))) return [];
  return found.map(({ end, source }) => ({
    code: "KS1003",
    message: `the ${source.at(-1) ?? ""} is a part of the value here`,
    start: end - 1,
    end,
    hint: "remove it: commas stand only between entries inside { } and [ ]",
    fix: { title: "remove it", edits: [{ start: end - 1, end, text: "" }] },
  }));
}

function dashWithoutBlank(scalar: PlainScalar, text: string): readonly Slip[] {
  const { start, source } = scalar;
  if (!isBelowItsKey(scalar, text) || !source.split("\n").every((line) => /^\s*-[A-Za-z]/u.test(line))) return [];
  const lines = [...source.matchAll(/^\s*-(?=[A-Za-z])/gmu)].map(({ index, 0: found }) => start + index + found.length);
  return [
    {
      code: "KS1003",
      message: "a blank is missing after the dash",
      start,
      end: start + 1,
      hint: "write `- ` before each item",
      fix: { title: "put a blank after each dash", edits: lines.map((at) => ({ start: at, end: at, text: " " })) },
    },
  ];
}

/** A list below a key that already has a value; YAML reads it as a part of that value. */
function listBelowValue({ role, start, source, isInFlow }: PlainScalar, text: string): readonly Slip[] {
  const item = role === "value" && !isInFlow ? /\n[ \t]*(- )/u.exec(source) : null;
  if (item === null) return [];
  const at = start + item.index + item[0].length - 2;
  const key = /([\w.-]+)\s*:\s*$/u.exec(text.slice(Math.max(0, start - 80), start))?.[1];
  const above = key === undefined ? "a key" : `"${key}"`;
  const hint = "give the list a key of its own, or write it in the place of the value";
  return [
    { code: "KS1003", message: `a list below ${above}, which has a value already`, start: at, end: at + 1, hint },
  ];
}

/** Whether the scalar begins on its own line, where people write a mapping or a list. */
function isBelowItsKey({ role, isInFlow, start }: PlainScalar, text: string): boolean {
  return role === "value" && !isInFlow && /^[ \t]*$/u.test(text.slice(lineAt(text, start).start, start));
}
