/**
 * Reads `templates:` and `use:`. A template is read and checked once, however many objects use it, unless it asks for a
 * loop's row: then it is read for each row.
 */
import type { Kind, KindRegistry } from "../../kinds/kind.ts";
import type { EntityKey, KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { guess } from "../../model/guess.ts";
import { isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import { usedBy } from "../source/distinct-findings.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { ContextFor } from "../values/contexts.ts";
import { writtenAt } from "../values/provenance.ts";
import { enabledKey, type LoopRow } from "../values/loop-row.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";
import { childPlace } from "../source/child-place.ts";
import { blockWithout } from "./block-without.ts";
import { repeatedKeys } from "./repeated-keys.ts";
import { checkTemplate } from "./check-template.ts";
import { fieldForms } from "./field-forms.ts";
import { layOver } from "./lay-over.ts";
import { withoutKeys } from "./without-keys.ts";

/** The key that names an object's templates. */
const useKey = "use";

/** The places of templates by name, for each kind that has any. */
export type WrittenTemplates = ReadonlyMap<KindName, ReadonlyMap<string, YamlPlace>>;

interface TemplatesInput {
  readonly written: WrittenTemplates;
  readonly registry: KindRegistry;
  readonly contextFor: ContextFor;
}

/** What uses templates: an object, or without a key, another template. */
interface TemplateUser {
  readonly context: ReadContext;
  readonly key?: EntityKey;
}

export interface Templates {
  /** The templates that `own` uses, weakest first, and `own` without `use`. Undefined, with findings, if one is wrong. */
  take(kind: Kind, own: ReadObject, user: TemplateUser): readonly ReadObject[] | undefined;
  /** The place of `enabled` in the templates that a block uses, before anything of them is read. */
  switchFor(kind: Kind, block: YamlPlace, row: LoopRow | undefined): YamlPlace | undefined;
  /** The block is not read; nobody should hear that nothing uses its templates. */
  leaveOut(kind: Kind, block: YamlPlace, row: LoopRow | undefined): void;
  /** A note for each template that no object has used. */
  unused(): readonly Finding[];
}

/** Each template is read by the function that reads the one that uses it. */
const deepestUse = 50;

export function createTemplates({ written, registry, contextFor }: TemplatesInput): Templates {
  const used = new Set<YamlPlace>();
  const known = new Map<YamlPlace, ReadObject | undefined>();
  /** Those that ask for a row, themselves or through a template that they use. */
  const asking = new Set<YamlPlace>();
  const checked = new Set<YamlPlace>();
  /** The templates that are being read, in the order in which they use each other. */
  const open = new Map<YamlPlace, string>();

  /** The findings about each template and those that it uses. */
  const problems = new Map<YamlPlace, Map<string, Finding>>();

  const take: Templates["take"] = (kind, own, { context, key }) => {
    const names = readUse(own, context);
    if (names === undefined) return undefined;
    const taken = names.map((use) => named(kind, use, context));
    const found = names.flatMap(({ name }) => problemsOf(written.get(kind.name)?.get(name)));
    if (key === undefined) for (const user of open.keys()) found.forEach((problem) => noteProblem(user, problem));
    else for (const problem of found) context.report(withUser(problem, key, own));
    return taken.includes(undefined) ? undefined : [...taken.flatMap((one) => one ?? []), withoutKeys(own, [useKey])];
  };

  const problemsOf = (template: YamlPlace | undefined): readonly Finding[] =>
    template === undefined ? [] : [...(problems.get(template)?.values() ?? [])];
  // Once for each place: a template may be read for thousands of rows.
  const noteProblem = (template: YamlPlace, problem: Finding): void => {
    const ofTemplate = problems.get(template) ?? new Map<string, Finding>();
    const id = JSON.stringify([problem.code, problem.at]);
    if (!ofTemplate.has(id)) ofTemplate.set(id, problem);
    problems.set(template, ofTemplate);
  };

  const named = (kind: Kind, { name, place }: Use, context: ReadContext): ReadObject | undefined => {
    const ofKind = written.get(kind.name);
    const found = ofKind?.get(name);
    if (found === undefined) {
      const near = guess(name, ofKind?.keys() ?? []);
      const meant = near === undefined ? undefined : ofKind?.get(near);
      // Its name is wrong here, so nobody should hear that nothing uses it.
      if (meant !== undefined) used.add(meant);
      context.report(unknownTemplate({ name, place }, { kind, written, near }));
      return undefined;
    }
    used.add(found);
    if (open.has(found)) {
      context.report(inCircle([...open.values()].slice([...open.keys()].indexOf(found)), place));
      return undefined;
    }
    if (open.size === deepestUse) {
      const message = `more than ${deepestUse} templates use each other in a row`;
      context.report({ code: "KS1755", severity: "error", message, at: spanOf(place, "value") });
      return undefined;
    }
    const template = readFor(kind, { name, place: found }, context.row);
    // Read for a row, a template asks for it too if one that it uses does.
    if (asking.has(found)) for (const user of open.keys()) asking.add(user);
    return template !== undefined && isAffordable(template, context, place) ? template : undefined;
  };

  const hasSwitches = [...written.values()].some((ofKind) =>
    [...ofKind.values()].some((template) => childPlace(template, enabledKey) !== undefined),
  );
  /** Marks the templates of a block as used, and returns the place of `enabled` in them. */
  const visit = (
    kind: Kind,
    block: YamlPlace,
    row: LoopRow | undefined,
    above: ReadonlySet<YamlPlace> = new Set(),
  ): YamlPlace | undefined => {
    const use = childPlace(block, useKey);
    if (use === undefined) return undefined;
    // What is wrong with it is said when the block is read.
    const { value } = readValue(use, { ...contextFor(use, row), report: () => undefined });
    const names = Array.isArray(value) ? (value as readonly Json[]) : [value];
    const switches = names.map((name) => {
      const template = typeof name === "string" ? written.get(kind.name)?.get(name) : undefined;
      if (template === undefined || above.has(template) || above.size === deepestUse) return undefined;
      used.add(template);
      const inUsed = visit(kind, template, row, new Set([...above, template]));
      return childPlace(template, enabledKey) ?? inUsed;
    });
    return switches.findLast((found) => found !== undefined);
  };

  const readFor = (kind: Kind, { name, place }: Use, row: LoopRow | undefined): ReadObject | undefined => {
    if (known.has(place) && (row === undefined || !asking.has(place))) return known.get(place);
    open.set(place, name);
    const template = readOne(kind, { name, place }, row);
    open.delete(place);
    if (row === undefined || !asking.has(place)) known.set(place, template);
    return template;
  };

  const readOne = (kind: Kind, { name, place: template }: Use, row: LoopRow | undefined): ReadObject | undefined => {
    // Places inside a text depend on what the row inserts there.
    const body = blockWithout(template, [enabledKey]);
    const place = row === undefined ? body : { ...body, document: { ...template.document, interpolated: new Map() } };
    const outer = contextFor(place, row);
    const context: ReadContext = {
      ...outer,
      report(finding) {
        // Only an object that uses the template can say that there is no row.
        if (finding.code === "KS1757" && !used.has(template)) return;
        noteProblem(template, finding);
        outer.report(finding);
      },
      interpolate(text) {
        if (text.includes("${each:")) asking.add(template);
        return outer.interpolate(text);
      },
    };
    for (const finding of repeatedKeys(template, [enabledKey])) context.report(finding);
    const pointer = kind.name === "monitor" ? pointerTo("templates", name) : pointerTo("templates", kind.name, name);
    const { value, provenance } = readValue(place, context, { by: "template", place, pointer });
    if (provenance.get("")?.isBroken === true) return undefined;
    if (!isJsonObject(value)) {
      const message = `template "${name}" must be a mapping`;
      context.report({ code: "KS1202", severity: "error", message, at: spanOf(place, "key"), pointer });
      return undefined;
    }
    const layers = take(kind, { value, provenance }, { context });
    const own = layers?.at(-1);
    if (layers === undefined || own === undefined) return undefined;
    const below = layers.slice(0, -1);
    const forms = fieldForms(kind).joined;
    if (!checked.has(template)) checkTemplate({ kind, name, own, below, context });
    checked.add(template);
    return [...below, own].reduce((lower, upper) => layOver(lower, upper, forms));
  };

  return {
    take,
    switchFor: (kind, block, row) => (hasSwitches ? visit(kind, block, row) : undefined),
    leaveOut: (kind, block, row) => void visit(kind, block, row),
    unused() {
      const all = [...written].flatMap(([kindName, ofKind]) =>
        [...ofKind].map(([name, place]) => ({ kind: registry.get(kindName), name, place })),
      );
      const unused = all.filter(({ place }) => !used.has(place));
      // Their mistakes are reported too, and the templates that they use are marked as used.
      for (const { kind, name, place } of unused) if (kind !== undefined) readFor(kind, { name, place }, undefined);
      return unused.filter(({ place }) => !used.has(place)).map(({ name, place }) => usedByNothing(name, place));
    },
  };
}

/** Said again for each object that uses the template; distinct-findings.ts makes one finding of all. */
function withUser(problem: Finding, key: EntityKey, { provenance }: ReadObject): Finding {
  const { place } = writtenAt(provenance, "");
  return problem.related === undefined
    ? { ...problem, entity: key, related: { message: usedBy([key]), at: spanOf(place, "key") } }
    : problem;
}

interface Use {
  readonly name: string;
  readonly place: YamlPlace;
}

/** The names in `use`; none if it is not written. Undefined, with a finding, if it is wrong. */
function readUse({ value, provenance }: ReadObject, context: ReadContext): readonly Use[] | undefined {
  const use = value[useKey];
  if (use === undefined || use === null) return [];
  const items = Array.isArray(use) ? (use as readonly Json[]) : [use];
  const root = pointerTo(useKey);
  const uses = items.map((name, index): Use | undefined => {
    const at = Array.isArray(use) ? root + pointerTo(index) : root;
    const known = provenance.get(at);
    if (known?.isBroken === true) return undefined;
    const { place, pointer } = writtenAt(provenance, at);
    const refuse = (finding: Pick<Finding, "code" | "message" | "hint">): undefined => {
      context.report({ ...finding, severity: "error", at: spanOf(place, "value"), pointer });
    };
    if (known?.isSecret === true) {
      const message = "the name of a template cannot come from ${env:…} or ${file:…}: it is shown in every plan";
      return refuse({ code: "KS1104", message, hint: "use ${var:…}" });
    }
    if (typeof name === "string") return { name, place };
    const hint = "write use: NAME, or use: [NAME, NAME]";
    return refuse({ code: "KS1202", message: '"use" must be the name of a template, or a list of names', hint });
  });
  return uses.includes(undefined) ? undefined : uses.flatMap((one) => one ?? []);
}

function unknownTemplate(
  { name, place }: Use,
  {
    kind,
    written,
    near,
  }: { readonly kind: Kind; readonly written: WrittenTemplates; readonly near: string | undefined },
): Finding {
  const base = { code: "KS1752", severity: "error", at: spanOf(place, "value") } as const;
  const message = `there is no template "${name.slice(0, 60)}" for a ${kind.name}`;
  const other = [...written].find(([, ofKind]) => ofKind.has(name));
  if (other !== undefined) return { ...base, message, hint: `the one of this name is for a ${other[0]}` };
  const names = [...(written.get(kind.name)?.keys() ?? [])];
  const where = kind.name === "monitor" ? "templates" : `templates.${kind.name}`;
  const list = names.length === 0 ? `declare it under ${where}` : `known are ${names.slice(0, 20).join(", ")}`;
  return { ...base, message, hint: near === undefined ? list : `did you mean "${near}"?` };
}

function inCircle(names: readonly string[], place: YamlPlace): Finding {
  const [first = ""] = names;
  const message =
    names.length === 1
      ? `template "${first}" uses itself`
      : `templates use each other: ${[...names, first].map((name) => `"${name}"`).join(" uses ")}`;
  return { code: "KS1754", severity: "error", message, at: spanOf(place, "value"), hint: "leave one of them out" };
}

function usedByNothing(name: string, place: YamlPlace): Finding {
  return {
    code: "KS1753",
    severity: "info",
    message: `nothing uses template "${name}"`,
    at: spanOf(place, "key"),
    hint: `write use: ${name} at the objects that are meant, or delete it`,
  };
}

/** Counts the values that a use adds; reports the first use that exceeds the budget of the whole configuration. */
function isAffordable({ value }: ReadObject, context: ReadContext, place: YamlPlace): boolean {
  const { budget } = context;
  if (budget.nodes === Number.NEGATIVE_INFINITY) return false;
  budget.nodes -= sizeOf(value);
  if (budget.nodes > 0) return true;
  budget.nodes = Number.NEGATIVE_INFINITY;
  const message = "templates expand to far too many values";
  context.report({ code: "KS1755", severity: "error", message, at: spanOf(place, "value") });
  return false;
}

const sizes = new WeakMap<object, number>();

/** The number of values in a value, including itself. */
function sizeOf(value: Json): number {
  if (typeof value !== "object" || value === null) return 1;
  const known = sizes.get(value) ?? Object.values(value).reduce((sum: number, item: Json) => sum + sizeOf(item), 1);
  sizes.set(value, known);
  return known;
}
