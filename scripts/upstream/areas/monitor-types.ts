import { monitorTypes as ours } from "../../../src/kinds/monitor-types/index.ts";
import type { Area, Item } from "../area.ts";
import { UnreadableError, type Checkout } from "../checkout.ts";
import { isOfRelease } from "../known-release.ts";
import { lineOf, memberPath, nodesBelow, parse, parseVue } from "../syntax.ts";

const form = "src/pages/EditMonitor.vue";
const registry = "server/uptime-kuma-server.js";

/** The types of the form's list, and those that the server registers. */
export const monitorTypes: Area = {
  id: "monitor-types",
  title: "Monitor types",
  hasKnown: false,
  todo: "write src/kinds/monitor-types/ and a line in its index.ts (AGENTS.md, Add a monitor type)",
  read: (checkout) => {
    const types = new Map([...registered(checkout), ...offered(checkout)].map((item) => [item.name, item]));
    return [...types.values()];
  },
  expect: (version) =>
    [...ours.values()]
      .filter(({ since }) => isOfRelease(version, since))
      .map(({ type = "" }) => ({ name: type, use: `src/kinds/monitor-types/ has it` })),
};

function registered(checkout: Checkout): readonly Item[] {
  const file = parse(checkout.firstFile(registry, registry.replace(/js$/u, "ts")));
  const items = [...nodesBelow(file.program)].flatMap((node) => {
    const path = node.type === "AssignmentExpression" ? memberPath(node["left"]) : undefined;
    if (path?.at(-2) !== "monitorTypeList") return [];
    return [{ name: path.at(-1) ?? "", place: `${file.path}:${lineOf(file, node)}` }];
  });
  if (items.length === 0) throw new UnreadableError(`${file.path} assigns no monitorTypeList[…]`);
  return items;
}

function offered(checkout: Checkout): readonly Item[] {
  const { elements } = parseVue(checkout.file(form));
  const select = elements.find(
    ({ tag, loc }) => tag === "select" && /^<select\s[^>]*v-model="monitor\.type"/u.test(loc.source),
  );
  if (select === undefined) throw new UnreadableError(`${form} has no <select v-model="monitor.type">`);
  const within = elements.filter(
    ({ tag, loc }) =>
      tag === "option" && loc.start.offset > select.loc.start.offset && loc.end.offset < select.loc.end.offset,
  );
  const items = within.flatMap(({ props, loc }) =>
    props.flatMap((prop) => {
      if (prop.name !== "value" || !("value" in prop) || prop.value === undefined) return [];
      return [{ name: prop.value.content, place: `${form}:${loc.start.line}` }];
    }),
  );
  if (items.length === 0) throw new UnreadableError(`${form} offers no types`);
  return items;
}
