import { isDeepStrictEqual } from "node:util";
import { defaultOf, kumaKey, type Field } from "../../../src/kinds/field.ts";
import { monitorTypes } from "../../../src/kinds/monitor-types/index.ts";
import { parseJson } from "../../../src/model/json.ts";
import type { Area, Item } from "../area.ts";
import { UnreadableError, type Checkout } from "../checkout.ts";
import { isOfRelease } from "../known-release.ts";
import { staticValue } from "../static-value.ts";
import {
  lineOf,
  memberPath,
  nameOf,
  nodesBelow,
  parseVue,
  propertiesOf,
  sourceOf,
  type Parsed,
  type SyntaxNode,
} from "../syntax.ts";

const form = "src/pages/EditMonitor.vue";

/** What the form for a new monitor begins with. */
export const formDefaults: Area = {
  id: "form-defaults",
  title: "Defaults of the form for a new monitor",
  hasKnown: true,
  todo: "the default of the field in src/kinds/monitor-types/ is what the form sends",
  read: (checkout) => {
    const file = formOf(checkout);
    const items = startsOf(file).flatMap((object) =>
      propertiesOf(object).map(({ name, value, node }): Item => {
        const known = staticValue(file, value);
        const shown = known === undefined ? sourceOf(file, value as SyntaxNode) : JSON.stringify(known);
        return { name, value: shown, place: `${file.path}:${lineOf(file, node)}` };
      }),
    );
    if (items.length < 10) throw new UnreadableError(`${form} has no monitorDefaults`);
    return [...new Map(items.map((item) => [item.name, item])).values()];
  },
  contradictions: (items, version) =>
    items.flatMap(({ name, value = "", place }) => {
      const ours = fieldsOf(name, version);
      const sent = parseJson(value);
      if (ours.length === 0 || sent === undefined) return [];
      const isSame = ours.some((field) => {
        const read = field.codec.fromKuma(sent, (kind, id) => ({ id, kind }) as never, {});
        return isDeepStrictEqual(read, defaultOf(field));
      });
      const canonical = JSON.stringify(ours[0] === undefined ? null : defaultOf(ours[0]));
      return isSame || exceptions.has(name)
        ? []
        : [{ name, detail: `the form sends ${value}, our default is ${canonical}`, place }];
    }),
};

/** Fields whose written value is no default: it has to be written, or the form only shows it. */
const exceptions: ReadonlySet<string> = new Set(["url", "name"]);

export function formOf(checkout: Checkout): Parsed {
  return parseVue(checkout.file(form)).script;
}

/** `const monitorDefaults = {…}`, and what is laid over it in `this.monitor = { ...monitorDefaults, … }`. */
function startsOf(file: Parsed): readonly unknown[] {
  const nodes = [...nodesBelow(file.program)];
  const constant = nodes.find((node) => node.type === "VariableDeclarator" && nameOf(node["id"]) === "monitorDefaults");
  const assigned = nodes.filter(
    (node) => node.type === "AssignmentExpression" && memberPath(node["left"])?.join(".") === "this.monitor",
  );
  const objects = assigned.map((node) => node["right"]).filter((right) => isStart(right));
  return [...(constant === undefined ? [] : [constant["init"]]), ...objects];
}

function isStart(node: unknown): boolean {
  if ((node as SyntaxNode).type !== "ObjectExpression") return false;
  const parts = (node as SyntaxNode)["properties"] as readonly SyntaxNode[];
  const isSpread = parts.some(
    (part) => part.type === "SpreadElement" && nameOf(part["argument"]) === "monitorDefaults",
  );
  return isSpread || propertiesOf(node).some(({ name }) => name === "type");
}

/** The fields that a key of a monitor is for, one for each type that has it. */
function fieldsOf(key: string, version: string): readonly Field[] {
  return [...monitorTypes.values()]
    .filter(({ since }) => isOfRelease(version, since))
    .flatMap(({ fields }) => Object.entries(fields))
    .filter(([name, field]) => kumaKey(name, field) === key)
    .map(([, field]) => field);
}
