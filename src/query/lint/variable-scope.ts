import type { Json } from "../../model/json.ts";

/** The values that an expression can stand on; undefined where that is not known. */
export type Values = readonly Json[] | undefined;

/** The variables of a query while it is walked. */
export interface VariableScope {
  get(name: string): Values;
  set(name: string, values: Values): void;
  /** Begins a function; the function that it gives back forgets what was set since. */
  enter(): () => void;
}

/** Keeps what each `set` replaced, so that a scope within costs nothing but what it sets. */
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
