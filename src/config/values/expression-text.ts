/** The texts of `${env:…}`, `${file:…}` and `${var:…}`, and what is wrong with them. */
import { guess } from "../../model/guess.ts";
import { outsideWhy, type FileProblem } from "../source/config-folder.ts";
import { allowVariable } from "./allowed-env.ts";
import { isOwnVariable } from "./outside/own-variable.ts";
import type { RowValue } from "./loop-row.ts";
import type { Expression } from "./template.ts";
import type { TemplateProblem } from "./template-pieces.ts";
import type { ConfigVariable, Variables } from "./variables.ts";

/** A problem of an expression, wherever it stands. */
export type TextProblem = Omit<TemplateProblem, "start" | "end">;

/** The text of one expression; or its problem, or neither, if the value has a finding already. */
export type ExpressionText =
  | (ConfigVariable & {
      readonly text: string;
      readonly absent?: string;
      readonly warning?: TextProblem;
      readonly row?: RowValue;
      readonly isLeftOut?: true;
    })
  | { readonly problem?: TextProblem };

/** The value of `${env:…}`, or its default. */
export function envText(expression: Extract<Expression, { from: "env" }>, variables: Variables): ExpressionText {
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

/** The content of the file that `${file:…}` names. */
export function fileText(path: string, variables: Variables): ExpressionText {
  const result = variables.file(path);
  if ("problem" in result) return { problem: fileProblem(path, result.problem) };
  variables.onSecret(result.text);
  const { text, warning } = result;
  if (warning === undefined) return { text, isSecret: true };
  return { text, isSecret: true, warning: { ...fileProblem(path, warning), severity: "warning" } };
}

/** The value of `${var:…}`. */
export function variableText(name: string, variables: Variables): ExpressionText {
  const variable = variables.vars.get(name);
  if (variable === undefined) return { problem: unknownVariable(name, variables) };
  return variable.text === undefined ? {} : { ...variable, text: variable.text };
}

function notAllowed(name: string): TextProblem {
  return {
    code: "KS1117",
    message: `${allowVariable} does not list "${name}"`,
    hint: `if the configuration may know it, add ${name} to ${allowVariable}`,
  };
}

/** What is wrong with a file that the configuration names, in `${file:…}` or as a sample. */
function fileProblem(path: string, { type, reason, hint }: FileProblem): TextProblem {
  const message = `cannot read "${path}": ${reason}`;
  const help = hint === undefined ? {} : { hint };
  return type === "outside"
    ? { code: "KS1107", message, why: outsideWhy, ...help }
    : { code: "KS1103", message, ...help };
}

function unknownVariable(name: string, variables: Variables): TextProblem {
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
