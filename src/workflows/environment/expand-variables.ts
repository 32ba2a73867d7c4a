/** `$NAME` and `${NAME}` in a value of an env file, with the forms that Docker Compose documents: `:-`, `-`, `:?`, `?`, `:+`, `+`. */

export interface VariableLookup {
  /** Undefined for a variable that is not set. */
  value(name: string): string | undefined;
  /** Called for one that is not set and has no default; it then counts as empty. */
  onUnset(): void;
}

/** What is wrong, in words that hold nothing of the value but the reason that its author wrote. */
export class ExpansionError extends Error {
  override readonly name = "ExpansionError";
}

/** What Linux takes as the value of one variable (MAX_ARG_STRLEN). Lines that double the one before would fill the memory. */
const maxLength = 131_072;
const maxDepth = 50;

const variableName = /[A-Za-z_]\w*/uy;

/** Throws ExpansionError. */
export function expandVariables(text: string, lookup: VariableLookup, depth = 0): string {
  if (depth > maxDepth) throw new ExpansionError(`\${…} are nested more than ${maxDepth} deep`);
  let result = "";
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf("$", at);
    if (dollar === -1) return result + text.slice(at);
    result += text.slice(at, dollar);
    const next = text[dollar + 1];
    variableName.lastIndex = dollar + 1;
    const name = variableName.exec(text)?.[0];
    if (next === "$") {
      result += "$";
      at = dollar + 2;
    } else if (next === "{") {
      const close = closingBrace(text, dollar + 1);
      if (close === undefined) throw new ExpansionError("a ${ is not closed");
      result += expandBraces(text.slice(dollar + 2, close), lookup, depth);
      at = close + 1;
    } else if (name === undefined) {
      result += "$";
      at = dollar + 1;
    } else {
      result += valueOf(name, lookup);
      at = dollar + 1 + name.length;
    }
    if (result.length > maxLength) throw new ExpansionError("variables expand to more than 128 KiB");
  }
  return result;
}

function expandBraces(inside: string, lookup: VariableLookup, depth: number): string {
  const parts = /^(?<name>[A-Za-z_]\w*)(?:(?<operator>:?[-?+])(?<word>[^]*))?$/u.exec(inside)?.groups;
  if (parts === undefined) throw new ExpansionError("a ${…} is not a variable");
  const { name = "", operator, word = "" } = parts;
  if (operator === undefined) return valueOf(name, lookup);
  const value = lookup.value(name);
  const isThere = operator.startsWith(":") ? (value ?? "") !== "" : value !== undefined;
  if (operator.endsWith("+")) return isThere ? expandVariables(word, lookup, depth + 1) : (value ?? "");
  if (isThere) return value ?? "";
  if (operator.endsWith("-")) return expandVariables(word, lookup, depth + 1);
  throw new ExpansionError(`${name} must be set${word === "" ? "" : `: ${word}`}`);
}

function valueOf(name: string, lookup: VariableLookup): string {
  const value = lookup.value(name);
  if (value === undefined) lookup.onUnset();
  return value ?? "";
}

/** Of the brace at `open`: those in between come in pairs. */
function closingBrace(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
