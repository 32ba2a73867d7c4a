import type { Check } from "../check.ts";
import { builtinFunctions } from "../lint/builtin-functions.ts";
import type { Engine, CompiledQuery } from "../engines.ts";

/** One jsonata release. No expression affects another one. */
export interface Evaluator {
  /** The value of an expression for `input`. Throws what jsonata throws. */
  evaluate(query: string | null, input: unknown, clock?: Check["clock"]): Promise<unknown>;
  /** Whether `left operator right` is true, by the comparison queries of Uptime Kuma 2.x. */
  compare(operator: OrderOperator, left: string, right: string): Promise<boolean>;
}

export const orderOperators = [">", ">=", "<", "<="] as const;
export type OrderOperator = (typeof orderOperators)[number];

interface Compiled {
  readonly engine: Engine;
  readonly expression: CompiledQuery;
}

/** An engine needs about 120 kB. Tests and experiments evaluate one text many times, then the next. */
const mostCompiled = 32;

/** `makeEngine` returns a fresh engine; it uses `random` instead of `Math.random` if that is given. */
export function createEvaluator(makeEngine: (random?: () => number) => Engine): Evaluator {
  // For Uptime Kuma's own queries about two texts. No expression from a file uses this engine.
  const comparing = makeEngine();
  const comparisons = Object.fromEntries(
    orderOperators.map((operator) => [operator, comparing(`$number($.value) ${operator} $number($.expected)`)]),
  ) as Record<OrderOperator, CompiledQuery>;

  /**
   * Each text has its own engine, which is reused only for that text. An expression that changes its engine only
   * affects itself.
   */
  const compiled = { moving: new Map<string | null, Compiled>(), frozen: new Map<string | null, Compiled>() };

  function compile(query: string | null, isFrozen: boolean): Compiled {
    const texts = isFrozen ? compiled.frozen : compiled.moving;
    const known = texts.get(query);
    if (known !== undefined) return known;
    if (texts.size >= mostCompiled) texts.clear();
    const engine = isFrozen ? makeEngine(() => 0.5) : makeEngine();
    // NULL is passed on unchanged, because the engine's TypeError is what 1.23 shows.
    const made = { engine, expression: engine(query as string) };
    texts.set(query, made);
    return made;
  }

  return {
    async evaluate(query, input, clock) {
      const { engine, expression } = compile(query, clock !== undefined);
      // Bindings, even empty ones, give each evaluation its own frame. Before 2.2.2, variables would otherwise survive
      // from one evaluation to the next, which never happens on a server, because it compiles each query again.
      const result = await expression.evaluate(input, clock === undefined ? {} : frozenBindings(clock, engine));
      await addLastCall(result, engine);
      return result;
    },
    async compare(operator, left, right) {
      return (await comparisons[operator].evaluate({ value: left, expected: right }, {})) === true;
    },
  };
}

/**
 * jsonata stores in each built-in function where it was last called, by any query, and messages of 2.x quote that
 * (`"token":"count","position":7`). On a busy server some query has already called it. Here the position is set to the
 * usual one, the start of the query.
 */
async function addLastCall(result: unknown, engine: Engine): Promise<void> {
  if (typeof result !== "object" || result === null || !("_jsonata_function" in result) || "token" in result) return;
  for (const name of builtinFunctions.keys()) {
    if ((await engine(`$${name}`).evaluate(undefined, {})) !== result) continue;
    Object.assign(result, { token: name, position: `$${name}(`.length });
    return;
  }
}

/** `$now` takes a picture and a time zone; jsonata's own `$fromMillis` formats the frozen time. */
function frozenBindings(clock: number, engine: Engine): Readonly<Record<string, unknown>> {
  const names = ["t", "p", "z"];
  return {
    millis: () => clock,
    now: (...given: readonly unknown[]) => {
      const values = [clock, ...given.filter((value) => value !== undefined)];
      const list = values.map((_, index) => `$${names[index] as string}`).join(", ");
      const bindings = Object.fromEntries(values.map((value, index) => [names[index] as string, value]));
      return engine(`$fromMillis(${list})`).evaluate(undefined, bindings);
    },
  };
}
