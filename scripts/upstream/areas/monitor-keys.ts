import { kumaKey } from "../../../src/kinds/field.ts";
import { monitorTypes } from "../../../src/kinds/monitor-types/index.ts";
import type { Release } from "../../../src/model/release.ts";
import { isAtLeast, oldestSupported } from "../../../src/model/release.ts";
import type { Area, Expected, Item } from "../area.ts";
import { UnreadableError } from "../checkout.ts";
import { isOfRelease } from "../known-release.ts";
import {
  lineOf,
  memberPath,
  nameOf,
  nodesBelow,
  parse,
  propertiesOf,
  type Parsed,
  type SyntaxNode,
} from "../syntax.ts";

/** The keys of a monitor as the server sends it (`Monitor.toJSON`). */
export const monitorKeys: Area = {
  id: "monitor-keys",
  title: "Keys of a monitor (Monitor.toJSON)",
  hasKnown: true,
  todo: "a field in src/kinds/monitor-types/ with its `since`, or, if it cannot be written, a line in derivedKeys",
  read: (checkout) => {
    const file = parse(checkout.firstFile("server/model/monitor.js", "server/model/monitor.ts"));
    const method = methodOf(file, "Monitor", "toJSON");
    const keys = [...nodesBelow(method)].flatMap((node) => keysOf(file, node));
    if (keys.length < 10) throw new UnreadableError(`${file.path}: toJSON does not build its object in \`data\``);
    return keys;
  },
  expect: (version) =>
    [...modelled()].filter(([, since]) => isOfRelease(version, since)).map(([name]) => fieldKey(name)),
};

function fieldKey(name: string): Expected {
  return { name, use: "a field of src/kinds/monitor-types/" };
}

/** Fields that can be written and that no object of the server shows (docs/upstream/uptime-kuma.md#fields-of-a-monitor). */
const neverShown = ["manual_status", "snmpV3Username"];

/** Each key that a field has, with the first release in which one has it. */
function modelled(): ReadonlyMap<string, Release | undefined> {
  const found = new Map<string, Release | undefined>();
  for (const { fields, since: typeSince } of monitorTypes.values()) {
    for (const [name, field] of Object.entries(fields)) {
      const key = kumaKey(name, field);
      const since = later(field.since, typeSince);
      if (!found.has(key) || isAtLeast(found.get(key) ?? oldestSupported, since)) found.set(key, since);
    }
  }
  for (const key of neverShown) found.delete(key);
  return found;
}

function later(left: Release | undefined, right: Release | undefined): Release | undefined {
  return left !== undefined && isAtLeast(left, right) ? left : right;
}

function methodOf(file: Parsed, className: string, name: string): SyntaxNode {
  const found = [...nodesBelow(file.program)]
    .filter((node) => node.type === "ClassDeclaration" && nameOf(node["id"]) === className)
    .flatMap((node) => [...nodesBelow(node["body"])])
    .find((node) => node.type === "MethodDefinition" && nameOf(node["key"]) === name);
  if (found === undefined) throw new UnreadableError(`${file.path} has no ${className}.${name}()`);
  return found;
}

function keysOf(file: Parsed, node: SyntaxNode): readonly Item[] {
  const at = (part: SyntaxNode): string => `${file.path}:${lineOf(file, part)}`;
  if (node.type === "VariableDeclarator" && nameOf(node["id"]) === "data") {
    return propertiesOf(node["init"]).map(({ name, node: part }) => ({ name, place: at(part) }));
  }
  if (node.type !== "AssignmentExpression") return [];
  const path = memberPath(node["left"]);
  if (path?.[0] !== "data") return [];
  if (path.length === 2) return [{ name: path[1] ?? "", place: at(node) }];
  return propertiesOf(node["right"]).map(({ name, node: part }) => ({ name, place: at(part) }));
}
