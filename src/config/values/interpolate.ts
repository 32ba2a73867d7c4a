/**
 * Replaces `${env:}`, `${file:}`, `${var:}` and `${each:}` in one text. Values are inserted unchanged. They are not interpolated again
 * and not parsed as YAML, so a variable cannot inject anything.
 */
import { guess } from "../../model/guess.ts";
import { allowVariable } from "./allowed-env.ts";
import { outsideWhy, type ConfigFolder, type FileProblem } from "../source/config-folder.ts";
import type { EnvValue, FileValue } from "./outside/outside-values.ts";
import { isOwnVariable } from "./outside/own-variable.ts";
import { eachText, type EachValue } from "./each-value.ts";
import type { LoopRow, RowValue } from "./loop-row.ts";
import { parseTemplate, type EachExpression, type Expression, type Segment } from "./template.ts";
import type { Piece, TemplateProblem } from "./template-pieces.ts";
import { encodedParts, joinPieces, type TextPart, type TextPiece, type UnreadPart } from "./text-parts.ts";
import { urlProblems } from "./url-secrets.ts";

/** A value of `vars:` or `--var`. Its text is undefined if it has a finding of its own. */
export interface ConfigVariable {
  readonly text: string | undefined;
  readonly isSecret: boolean;
  /** As in `Interpolated`. */
  readonly parts?: readonly TextPart[];
}

export interface Variables {
  /** Of the file whose text is read: where the path of a file starts. */
  readonly folder: ConfigFolder;
  /** The value of an environment variable. */
  env(name: string): EnvValue;
  /** The content of a file; the path is relative to the configuration file. */
  file(path: string): FileValue;
  readonly vars: ReadonlyMap<string, ConfigVariable>;
  /** The row of the loop that the text belongs to; absent outside of loops. */
  readonly row?: LoopRow;
  /** Which variables the operator allows; absent: all. */
  allowsEnv?(name: string): boolean;
  /** The targets that define a variable of this name; it has no value, because none of them was chosen. */
  targetsWith?(name: string): readonly string[];
  /** Called with every value from outside, and with placeholders. */
  onSecret(text: string): void;
}

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

type Problem = Omit<TemplateProblem, "start" | "end">;

type Resolved =
  | (ConfigVariable & {
      readonly text: string;
      readonly absent?: string;
      readonly warning?: Problem;
      readonly row?: RowValue;
      readonly isLeftOut?: true;
    })
  | { readonly problem?: Problem };

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

function resolve(expression: Expression, variables: Variables): Resolved {
  switch (expression.from) {
    case "env":
      return resolveEnv(expression, variables);
    case "file": {
      const result = variables.file(expression.path);
      if ("problem" in result) return { problem: fileProblem(expression.path, result.problem) };
      variables.onSecret(result.text);
      const { text, warning } = result;
      if (warning === undefined) return { text, isSecret: true };
      return { text, isSecret: true, warning: { ...fileProblem(expression.path, warning), severity: "warning" } };
    }
    case "var": {
      const variable = variables.vars.get(expression.name);
      if (variable === undefined) return { problem: unknownVariable(expression.name, variables) };
      return variable.text === undefined ? {} : { ...variable, text: variable.text };
    }
    case "each":
      return resolveEach(expression, variables, false);
    default:
      return expression satisfies never;
  }
}

function resolveEach(expression: EachExpression, variables: Variables, isWhole: boolean): Resolved {
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

function without({ start: _start, end: _end, ...problem }: TemplateProblem): Problem {
  return problem;
}

function resolveEnv(expression: Extract<Expression, { from: "env" }>, variables: Variables): Resolved {
  const { name, fallback } = expression;
  if (isOwnVariable(name)) {
    const message = `"${name}" may not be read from a configuration`;
    const hint = "give the monitor a variable of its own";
    return { problem: { code: "KS1104", message, hint } };
  }
  if (variables.allowsEnv?.(name) === false) return { problem: notAllowed(name) };
  const value = variables.env(name);
  // A default is the placeholder, because it is in the file and fits the field.
  if (fallback !== undefined && (!("text" in value) || "isPlaceholder" in value)) {
    return { text: fallback, isSecret: true };
  }
  if ("text" in value) {
    variables.onSecret(value.text);
    const isAbsent = "isPlaceholder" in value && value.isAbsent;
    return { text: value.text, isSecret: true, ...(isAbsent ? { absent: name } : {}) };
  }
  const { absent, near } = value;
  const message = `environment variable "${name}" is ${absent}`;
  const isNamed = near !== undefined && variables.allowsEnv?.(near) !== false;
  const hint = isNamed ? `did you mean "${near}"?` : `set it, or write \${env:${name}:-default}`;
  return { problem: { code: "KS1101", message, hint } };
}

function notAllowed(name: string): Problem {
  return {
    code: "KS1117",
    message: `${allowVariable} does not list "${name}"`,
    hint: `if the configuration may know it, add ${name} to ${allowVariable}`,
  };
}

/** What is wrong with a file that the configuration names, in `${file:…}` or as a sample. */
function fileProblem(path: string, { type, reason, hint }: FileProblem): Problem {
  const message = `cannot read "${path}": ${reason}`;
  const help = hint === undefined ? {} : { hint };
  return type === "outside"
    ? { code: "KS1107", message, why: outsideWhy, ...help }
    : { code: "KS1103", message, ...help };
}

function unknownVariable(name: string, variables: Variables): Omit<TemplateProblem, "start" | "end"> {
  const near = guess(name, variables.vars.keys());
  const [target] = variables.targetsWith?.(name) ?? [];
  const elsewhere = target === undefined ? "" : `: target "${target}" has it, so --target ${target} may be meant`;
  return {
    code: "KS1102",
    message: `unknown variable "${name}"`,
    hint:
      near === undefined || target !== undefined
        ? `declare it under "vars", or give it with --var ${name}=…${elsewhere}`
        : `did you mean "${near}"?`,
  };
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
