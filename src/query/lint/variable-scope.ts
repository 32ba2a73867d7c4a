import type { Json } from "../../model/json.ts";

/** The values that an expression can apply to; undefined if they are not known. */
export type Values = readonly Json[] | undefined;

/** The variables of a query during the walk. */
export interface VariableScope {
  get(name: string): Values;
  set(name: string, values: Values): void;
  /** Starts a function. The returned function removes the variables that were set since. */
  enter(): () => void;
}

/** Stores what each `set` replaced, so that an inner scope only costs what it sets. */
export function variableScope(): VariableScope {
  const known = new Map<string, Values>();
  const replaced: { readonly name: string; readonly values: Values }[] = [];
  return {
    get: (name) => known.get(name),
    set(name, values) {
      replaced.push({ name, values: known.get(name) });
      known.set(name, values);
    },
    enter() {
      const mark = replaced.length;
      return () => {
        for (const { name, values } of replaced.splice(mark).toReversed()) known.set(name, values);
      };
    },
  };
}
