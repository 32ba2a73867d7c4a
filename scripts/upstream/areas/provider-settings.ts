import { notificationProviders } from "../../../src/kinds/notification-providers/index.ts";
import type { Area, Item } from "../area.ts";
import { isOfRelease } from "../known-release.ts";
import { providerSources } from "../provider-sources.ts";
import { memberPath, nameOf, nodesBelow, parseVue, textOf, type Parsed, type SyntaxNode } from "../syntax.ts";

/** What a provider and its form read from the stored notification: `ntfy.ntfytopic`. */
export const providerSettings: Area = {
  id: "provider-settings",
  title: "Settings of notification providers",
  hasKnown: true,
  todo: "for a provider with typed fields, a field in its file in src/kinds/notification-providers/",
  read: (checkout) =>
    providerSources(checkout).flatMap(({ name, server, form }): readonly Item[] => {
      const vue = form === undefined ? undefined : parseVue(form);
      const places = new Map<string, string>();
      for (const part of vue === undefined ? [] : [vue.script, ...vue.expressions]) {
        for (const key of settingsIn(part)) places.set(key, form?.path ?? "");
      }
      for (const key of settingsIn(server)) places.set(key, server.path);
      return [...places]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, place]) => ({ name: `${name}.${key}`, place }));
    }),
  expect: (version) =>
    [...notificationProviders.values()]
      .filter(({ isOpen, since }) => !isOpen && isOfRelease(version, since))
      .flatMap(({ type = "", fields }) =>
        Object.entries(fields)
          .filter(([key, { since }]) => !shared.has(key) && isOfRelease(version, since))
          .map(([key]) => ({ name: `${type}.${key}`, use: `a field of src/kinds/notification-providers/ (${type})` })),
      ),
};

/** Columns and flags of every notification. */
const shared = new Set(["id", "name", "type", "isDefault", "applyExisting", "active", "userId", "config"]);

function settingsIn(file: Parsed): ReadonlySet<string> {
  const found = [...nodesBelow(file.program)].flatMap((node) => [...read(node), ...taken(node)]);
  return new Set(found.filter((name) => !shared.has(name)));
}

/** `notification.x`, `this.$parent.notification.x`. */
function read(node: SyntaxNode): readonly string[] {
  if (node.type !== "MemberExpression") return [];
  const path = memberPath(node);
  const at = path?.indexOf("notification") ?? -1;
  return path !== undefined && at >= 0 && at === path.length - 2 && isStored(path.slice(0, at))
    ? [path[at + 1] ?? ""]
    : [];
}

function isStored(before: readonly string[]): boolean {
  return before.every((part) => part === "this" || part === "$parent" || part === "$props");
}

/** `const { x } = notification`. */
function taken(node: SyntaxNode): readonly string[] {
  if (node.type !== "VariableDeclarator" || nameOf(node["init"]) !== "notification") return [];
  const pattern = node["id"] as SyntaxNode;
  if (pattern.type !== "ObjectPattern") return [];
  return (pattern["properties"] as readonly SyntaxNode[]).flatMap(({ key }) => nameOf(key) ?? textOf(key) ?? []);
}
