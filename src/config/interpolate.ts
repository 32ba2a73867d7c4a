/**
 * `${env:}`, `${file:}` and `${var:}` in one text. Values are put in as they are: never read again as a template and
 * never parsed as YAML, so no variable can smuggle anything in.
 */
import type { FindingCode } from "../model/finding-codes.ts";
import { guess } from "../model/guess.ts";
import { allowVariable } from "./allowed-env.ts";
import { parseTemplate, type Expression } from "./template.ts";

/** A value of `vars:` or `--var`, ready for use. Undefined text: it has a finding of its own. */
export interface Variable {
  readonly text: string | undefined;
  readonly isSecret: boolean;
}

export interface Variables {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly vars: ReadonlyMap<string, Variable>;
  /** Which variables the operator allows; absent, all of them. */
  allowsEnv?(name: string): boolean;
  /** The targets that have a variable of this name, which is not to be had because none of them was chosen. */
  targetsWith?(name: string): readonly string[];
  /** Text of the file, relative to the configuration file; or the reason why there is none. */
  readFile(path: string): { readonly text: string } | { readonly reason: string };
  /** Called with every value that came from outside. */
  onSecret(text: string): void;
}

/** What is wrong with `[start, end)` of the text. */
interface TemplateProblem {
  readonly code: FindingCode;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

export interface Interpolated {
  readonly text: string;
  readonly isSecret: boolean;
  /** The text is one expression and nothing else, so it may stand for a number or a boolean. */
  readonly isWhole: boolean;
  readonly problems: readonly TemplateProblem[];
  /** False when a value is missing: `text` must not be judged. */
  readonly isComplete: boolean;
  /** Where in the written text `[start, end)` of the result comes from. */
  origin(start: number, end: number): readonly [start: number, end: number];
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

type Resolved =
  | { readonly text: string; readonly isSecret: boolean }
  | { readonly problem?: Omit<TemplateProblem, "start" | "end"> };

/** Variables that hold the credentials of this program: a pull request must not send them to a monitored address. */
const ownPrefix = "KUMA_SYNC_";

/** Of one text: a megabyte of a variable that is named a thousand times is no configuration. */
const maxLength = 4 * 1024 * 1024;

export function interpolate(written: string, variables: Variables): Interpolated {
  const segments = parseTemplate(written);
  const pieces: Piece[] = [];
  const problems: TemplateProblem[] = [];
  let text = "";
  let isSecret = false;
  let isComplete = true;
  for (const segment of segments) {
    const { start, end } = segment;
    if (text.length > maxLength) {
      const message = `text becomes longer than ${maxLength / 1024 / 1024} MB`;
      problems.push({ code: "KS1205", message, start, end });
      isComplete = false;
      break;
    }
    let value = "";
    if (segment.type === "text") {
      value = segment.text;
    } else if (segment.type === "malformed") {
      problems.push({ code: "KS1105", message: segment.message, hint: segment.hint, start, end });
      isComplete = false;
    } else {
      const result = resolve(segment.expression, variables);
      if ("text" in result) {
        value = result.text;
        isSecret ||= result.isSecret;
      } else {
        if (result.problem !== undefined) problems.push({ ...result.problem, start, end });
        isComplete = false;
      }
    }
    pieces.push({ from: text.length, to: text.length + value.length, start, end });
    text += value;
  }
  const isWhole = segments.length === 1 && segments[0]?.type === "expression";
  return { text, isSecret, isWhole, problems, isComplete, origin: (start, end) => originOf(pieces, start, end) };
}

function resolve(expression: Expression, variables: Variables): Resolved {
  switch (expression.from) {
    case "env":
      return resolveEnv(expression, variables);
    case "file": {
      const result = variables.readFile(expression.path);
      if ("reason" in result) {
        return { problem: { code: "KS1103", message: `cannot read "${expression.path}": ${result.reason}` } };
      }
      variables.onSecret(result.text);
      return { text: result.text, isSecret: true };
    }
    case "var": {
      const variable = variables.vars.get(expression.name);
      if (variable === undefined) return { problem: unknownVariable(expression.name, variables) };
      return variable.text === undefined ? {} : { text: variable.text, isSecret: variable.isSecret };
    }
    default:
      return expression satisfies never;
  }
}

function resolveEnv(expression: Extract<Expression, { from: "env" }>, variables: Variables): Resolved {
  const { name, fallback } = expression;
  if (name.startsWith(ownPrefix)) {
    const message = `"${name}" may not be read from a configuration`;
    const hint = "give the monitor a variable of its own";
    return { problem: { code: "KS1104", message, hint } };
  }
  if (variables.allowsEnv?.(name) === false) return { problem: notAllowed(name) };
  const value = Object.hasOwn(variables.env, name) ? variables.env[name] : undefined;
  // Continuous integration hands missing secrets over as empty texts, so empty is missing too.
  if (value !== undefined && value !== "") {
    variables.onSecret(value);
    return { text: value, isSecret: true };
  }
  if (fallback !== undefined) return { text: fallback, isSecret: true };
  const message = `environment variable "${name}" is ${value === undefined ? "not set" : "empty"}`;
  const near = guess(
    name,
    Object.keys(variables.env).filter((other) => !other.startsWith(ownPrefix)),
  );
  const hint =
    near === undefined || near === name ? `set it, or write \${env:${name}:-default}` : `did you mean "${near}"?`;
  return { problem: { code: "KS1101", message, hint } };
}

function notAllowed(name: string): Omit<TemplateProblem, "start" | "end"> {
  return {
    code: "KS1117",
    message: `${allowVariable} does not list "${name}"`,
    hint: `if the configuration may know it, add ${name} to ${allowVariable}`,
  };
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
  // Inside an inserted value there is nothing finer to point at than its expression.
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
