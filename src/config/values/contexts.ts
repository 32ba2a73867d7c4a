/** How values are read: with which variables, and where findings are reported. */
import type { Finding } from "../../model/finding.ts";
import type { AllowedEnv } from "./allowed-env.ts";
import { filledIn, interpolate } from "./interpolate.ts";
import type { OutsideValues } from "./outside/outside-values.ts";
import type { YamlPlace } from "../source/positions.ts";
import { freshBudget, type ReadContext } from "./read-value.ts";
import { readVariables } from "./read-variables.ts";
import type { LoopRow } from "./loop-row.ts";
import { parseTemplate, type Segment } from "./template.ts";
import type { Variables } from "./variables.ts";

interface ContextsInput {
  readonly outside: OutsideValues;
  readonly allowed: AllowedEnv;
  /** From `--var`. */
  readonly vars: Readonly<Record<string, string>>;
}

interface TargetVariables {
  readonly name: string;
  readonly vars: ReadonlyMap<string, YamlPlace>;
}

type Report = (finding: Finding) => void;

type OnAbsent = ReadContext["onAbsent"];

/** How to read with these variables. Variables that are not set are not reported unless `onAbsent` is given. */
export type Contexts = (vars: ReadonlyMap<string, YamlPlace>, report: Report, onAbsent?: OnAbsent) => Reader;

interface Reader {
  readonly vars: Variables["vars"];
  readonly contextFor: ContextFor;
}

/** `row`: the one that `${each:…}` reads. */
export type ContextFor = (place: YamlPlace, row?: LoopRow) => ReadContext;

/** The context of one run over a configuration: all that is read with it shares one budget for aliases. */
export function createContexts(
  input: ContextsInput,
  { targets, onSecret }: { readonly targets: readonly TargetVariables[]; readonly onSecret: (text: string) => void },
): Contexts {
  const budget = freshBudget();
  const targetsWith = (name: string): readonly string[] =>
    targets.filter(({ vars }) => vars.has(name)).map((target) => target.name);
  // The texts of a loop are read once for each row.
  const parsed = new Map<string, readonly Segment[]>();
  const parsedOnce = (text: string): readonly Segment[] => {
    const segments = parsed.get(text) ?? parseTemplate(text);
    parsed.set(text, segments);
    return segments;
  };
  const contextFor =
    (vars: Variables["vars"], report: Report, onAbsent: OnAbsent): ContextFor =>
    ({ document }, row) => {
      const variables: Variables = {
        folder: document.folder,
        env: (name) => input.outside.env(name),
        file: (path) => input.outside.file(document.folder, path),
        vars,
        allowsEnv: (name) => input.allowed.value(name),
        targetsWith,
        onSecret,
        ...(row === undefined ? {} : { row }),
      };
      const areSecretsReal = input.outside.areReal;
      return {
        document,
        budget,
        report,
        onAbsent,
        areSecretsReal,
        ...(row === undefined ? {} : { row }),
        interpolate: (text) =>
          row === undefined ? interpolate(text, variables) : filledIn(parsedOnce(text), variables),
      };
    };
  return (written, report, onAbsent = () => undefined) => {
    const vars = readVariables(written, input.vars, (place) => {
      const context = contextFor(new Map(), report, onAbsent)(place);
      return { ...context, interpolate: (text) => withoutVariables(context.interpolate(text)) };
    });
    return { vars, contextFor: contextFor(vars, report, onAbsent) };
  };
}

/** Refuses variables in variables: they would need an order and could refer to each other in a circle. */
function withoutVariables(result: ReturnType<typeof interpolate>): ReturnType<typeof interpolate> {
  const problems = result.problems.map(({ hint, ...problem }) =>
    problem.code === "KS1102"
      ? ({ ...problem, code: "KS1105", message: "a variable cannot refer to another variable" } as const)
      : { ...problem, ...(hint === undefined ? {} : { hint }) },
  );
  return { ...result, problems };
}
