/** How values are read: with which variables, and who hears of what is wrong. */
import type { Finding } from "../model/finding.ts";
import type { AllowedEnv } from "./allowed-env.ts";
import { interpolate, type Variables } from "./interpolate.ts";
import type { Place } from "./positions.ts";
import { freshBudget, type ReadContext } from "./read-value.ts";
import { readVariables } from "./read-variables.ts";

interface ContextsInput {
  readonly env: Variables["env"];
  readonly allowed: AllowedEnv;
  /** From `--var`. */
  readonly vars: Readonly<Record<string, string>>;
  readonly readFile: (folder: string, path: string) => ReturnType<Variables["readFile"]>;
}

interface TargetVariables {
  readonly name: string;
  readonly vars: ReadonlyMap<string, Place>;
}

type Report = (finding: Finding) => void;

/** How to read with these variables. */
export type Contexts = (vars: ReadonlyMap<string, Place>, report: Report) => (place: Place) => ReadContext;

/** Of one run over a configuration: everything that is read with it shares one budget for aliases. */
export function createContexts(
  input: ContextsInput,
  { targets, onSecret }: { readonly targets: readonly TargetVariables[]; readonly onSecret: (text: string) => void },
): Contexts {
  const budget = freshBudget();
  const targetsWith = (name: string): readonly string[] =>
    targets.filter(({ vars }) => vars.has(name)).map((target) => target.name);
  const contextFor =
    (vars: Variables["vars"], report: Report) =>
    ({ document }: Place): ReadContext => {
      const variables: Variables = {
        env: input.env,
        vars,
        allowsEnv: (name) => input.allowed.value(name),
        targetsWith,
        readFile: (path) => input.readFile(document.folder, path),
        onSecret,
      };
      return { document, budget, report, interpolate: (text) => interpolate(text, variables) };
    };
  return (written, report) => {
    const vars = readVariables(written, input.vars, (place) => {
      const context = contextFor(new Map(), report)(place);
      return { ...context, interpolate: (text) => withoutVariables(context.interpolate(text)) };
    });
    return contextFor(vars, report);
  };
}

/** Variables that refer to each other would need an order and could go in circles. */
function withoutVariables(result: ReturnType<typeof interpolate>): ReturnType<typeof interpolate> {
  const problems = result.problems.map(({ hint, ...problem }) =>
    problem.code === "KS1102"
      ? ({ ...problem, code: "KS1105", message: "a variable cannot refer to another variable" } as const)
      : { ...problem, ...(hint === undefined ? {} : { hint }) },
  );
  return { ...result, problems };
}
