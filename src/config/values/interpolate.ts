/**
 * Replaces `${env:}`, `${file:}`, `${var:}` and `${each:}` in one text. Values are inserted unchanged. They are not interpolated again
 * and not parsed as YAML, so a variable cannot inject anything.
 */
import { eachText, plainText, type EachValue } from "./each-value.ts";
import { envText, fileText, variableText, type ExpressionText, type TextProblem } from "./expression-text.ts";
import type { RowValue } from "./loop-row.ts";
import { parseTemplate, type EachExpression, type Expression, type Segment } from "./template.ts";
import type { Piece, TemplateProblem } from "./template-pieces.ts";
import { encodedParts, joinPieces, type TextPart, type TextPiece, type UnreadPart } from "./text-parts.ts";
import { urlProblems } from "./url-secrets.ts";
import type { ConfigVariable, Variables } from "./variables.ts";

export interface Interpolated {
  readonly text: string;
  readonly isSecret: boolean;
  /** The text with what comes from outside left unread; absent where nothing does. */
  readonly parts?: readonly TextPart[];
  /** The one expression that the text is; of one with `parts`. */
  readonly whole?: UnreadPart;
  /** Whether the text is a single expression, which may stand for a number or a boolean. */
  readonly isWhole: boolean;
  /** The value that takes the place of the text, with its type: that of a text which is one `${each:…}`. */
  readonly row?: RowValue;
  /** The text is one `${each:…:-}` without a value: what it is the value of is not written. */
  readonly isLeftOut?: true;
  readonly problems: readonly TemplateProblem[];
  /** Environment variables that are not set, if that is not an error. */
  readonly absent: readonly Absent[];
  /** False if a value is missing: `text` must not be judged. */
  readonly isComplete: boolean;
  /** The part of the written text that `[start, end)` of the result comes from. */
  origin(start: number, end: number): readonly [start: number, end: number];
}

/** `[start, end)` is its expression in the written text. */
interface Absent {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Characters of one text after interpolation; a megabyte inserted a thousand times would fill the memory. */
const maxLength = 4 * 1024 * 1024;

export function interpolate(written: string, variables: Variables): Interpolated {
  return filledIn(parseTemplate(written), variables);
}

/** The same for a text that is parsed already. */
export function filledIn(segments: readonly Segment[], variables: Variables): Interpolated {
  const [only] = segments;
  const asked = only?.type === "expression" && segments.length === 1 ? only.expression : undefined;
  if (asked?.from === "each" && asked.isForUrl !== true && only !== undefined) {
    return eachValue(asked, only, variables);
  }
  return plainInRow(segments, variables) ?? joined(segments, variables);
}

const nothing = [] as const;

/**
 * The same for a text of a loop in which nothing is special, as most are: thousands of rows make thousands of texts, and nobody
 * asks for the places in them. Undefined for any other text.
 */
function plainInRow(segments: readonly Segment[], variables: Variables): Interpolated | undefined {
  const { row } = variables;
  if (row === undefined) return undefined;
  let text = "";
  for (const segment of segments) {
    if (segment.type === "malformed") return undefined;
    const value = segment.type === "text" ? segment.text : plainText(segment.expression, row);
    if (value === undefined) return undefined;
    text += value;
    if (text.length > maxLength) return undefined;
  }
  return {
    text,
    isSecret: false,
    isWhole: false,
    problems: nothing,
    absent: nothing,
    isComplete: true,
    origin: (start, end) => joined(segments, variables).origin(start, end),
  };
}

function joined(segments: readonly Segment[], variables: Variables): Interpolated {
  const [only] = segments;
  const asked = only?.type === "expression" && segments.length === 1 ? only.expression : undefined;
  const pieces: Piece[] = [];
  const unread: TextPiece[] = [];
  const problems: TemplateProblem[] = [];
  const absent: Absent[] = [];
  let text = "";
  let isSecret = false;
  let isComplete = true;
  const isWhole = asked !== undefined;
  for (const segment of segments) {
    const { start, end } = segment;
    if (text.length > maxLength) {
      const message = `text becomes longer than ${maxLength / 1024 / 1024} MB`;
      problems.push({ code: "KS1205", message, start, end });
      isComplete = false;
      break;
    }
    let value = "";
    let isPieceSecret = false;
    if (segment.type === "text") {
      value = segment.text;
      unread.push({ parts: [value] });
    } else if (segment.type === "malformed") {
      problems.push({ code: "KS1105", message: segment.message, hint: segment.hint, start, end });
      isComplete = false;
    } else {
      const result = resolve(segment.expression, variables);
      if ("text" in result) {
        value = segment.expression.isForUrl === true ? urlEncoded(result.text) : result.text;
        if (value !== result.text && result.isSecret) variables.onSecret(value);
        unread.push(unreadPiece(segment.expression, { ...result, text: value }, variables));
        isPieceSecret = result.isSecret;
        isSecret ||= result.isSecret;
        if (result.absent !== undefined) absent.push({ name: result.absent, start, end });
        if (result.warning !== undefined) problems.push({ ...result.warning, start, end });
      } else {
        if (result.problem !== undefined) problems.push({ ...result.problem, start, end });
        isComplete = false;
      }
    }
    pieces.push({
      from: text.length,
      to: text.length + value.length,
      start,
      end,
      isSecret: isPieceSecret,
      ...(segment.type === "expression" ? { expression: segment.expression } : {}),
    });
    text += value;
  }
  const broken = isComplete && isSecret ? urlProblems(text, pieces) : [];
  return {
    text,
    isSecret,
    ...(isSecret ? { parts: joinPieces(unread) } : {}),
    ...(isSecret && isWhole && unread[0]?.whole !== undefined ? { whole: unread[0].whole } : {}),
    isWhole,
    problems: [...problems, ...broken],
    absent,
    isComplete: isComplete && broken.length === 0,
    origin: (start, end) => originOf(pieces, start, end),
  };
}

/** A text that is one `${each:…}`: its value may be of any type. */
function eachValue(
  expression: EachExpression,
  { start, end }: Pick<Segment, "start" | "end">,
  variables: Variables,
): Interpolated {
  const result = resolveEach(expression, variables, true);
  const base = { isWhole: true, origin: () => [start, end] as const };
  if (!("text" in result)) {
    const problems = result.problem === undefined ? [] : [{ ...result.problem, start, end }];
    return { ...base, text: "", isSecret: false, problems, absent: [], isComplete: false };
  }
  const { text, isSecret, parts, row, isLeftOut, absent, warning } = result;
  return {
    ...base,
    text,
    isSecret,
    ...(isSecret ? { parts: parts ?? [text] } : {}),
    ...(row === undefined ? {} : { row }),
    ...(isLeftOut === true ? { isLeftOut } : {}),
    problems: warning === undefined ? [] : [{ ...warning, start, end }],
    absent: absent === undefined ? [] : [{ name: absent, start, end }],
    isComplete: true,
  };
}

function unreadPiece(
  expression: Expression,
  { text, isSecret, parts }: ConfigVariable & { readonly text: string },
  { folder }: Variables,
): TextPiece {
  // Nothing outside of the loop can read a row.
  if (expression.from === "each") return { parts: parts ?? [text] };
  const whole = { expression, folder };
  if (!isSecret) return { parts: [text], whole };
  if (parts === undefined || expression.isForUrl !== true) return { parts: parts ?? [whole], whole };
  return { parts: encodedParts(parts, urlEncoded) ?? [whole], whole };
}

/** Encodes bytes, because `encodeURIComponent` throws on half a surrogate pair. */
function urlEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

function resolve(expression: Expression, variables: Variables): ExpressionText {
  switch (expression.from) {
    case "env":
      return envText(expression, variables);
    case "file":
      return fileText(expression.path, variables);
    case "var":
      return variableText(expression.name, variables);
    case "each":
      return resolveEach(expression, variables, false);
    default:
      return expression satisfies never;
  }
}

function resolveEach(expression: EachExpression, variables: Variables, isWhole: boolean): ExpressionText {
  const found: EachValue = eachText(expression, variables.row, isWhole);
  if (found.type === "problem") return found.problem === undefined ? {} : { problem: found.problem };
  if (found.type === "value") return found;
  // The places inside the fallback are not known; its problems are reported at the whole expression.
  const { text, isSecret, parts, row, isLeftOut, problems, absent, isComplete } = filledIn(found.segments, variables);
  const [problem] = problems;
  if (!isComplete) return problem === undefined ? {} : { problem: without(problem) };
  return {
    text,
    isSecret,
    ...(parts === undefined ? {} : { parts }),
    ...(row === undefined ? {} : { row }),
    ...(isLeftOut === true || found.segments.length === 0 ? { isLeftOut: true } : {}),
    ...(absent[0] === undefined ? {} : { absent: absent[0].name }),
    ...(problem === undefined ? {} : { warning: without(problem) }),
  };
}

function without({ start: _start, end: _end, ...problem }: TemplateProblem): TextProblem {
  return problem;
}

function originOf(pieces: readonly Piece[], start: number, end: number): readonly [number, number] {
  // A place inside an inserted value is reported at its expression.
  const at = (offset: number, isEnd: boolean): number => {
    const piece = pieces.find(({ from, to }) =>
      isEnd ? offset > from && offset <= to : offset >= from && offset < to,
    );
    if (piece === undefined) return pieces.at(-1)?.end ?? offset;
    if (piece.to - piece.from === piece.end - piece.start) return piece.start + offset - piece.from;
    return isEnd ? piece.end : piece.start;
  };
  return [at(start, false), end > start ? at(end, true) : at(start, false)];
}
