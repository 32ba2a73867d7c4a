import { kumaRelease, newestTested } from "../../../src/model/release.ts";
import type { Area, Item } from "../area.ts";
import { UnreadableError, type Checkout, type SourceFile } from "../checkout.ts";
import { nameOf, nodesBelow, parse, textOf, type SyntaxNode } from "../syntax.ts";

/** The changes of the database by their file names, each with the tables and columns that it makes. */
export const migrations: Area = {
  id: "migrations",
  title: "Migrations of the database",
  hasKnown: true,
  todo: "see what it changes for a client: columns of `monitor` are keys of `add`, and test/fakes/monitor-columns.ts has them",
  read: (checkout) => [...knexMigrations(checkout), ...sqlPatches(checkout)],
};

function knexMigrations(checkout: Checkout): readonly Item[] {
  // 1.23 has only SQL.
  if ((kumaRelease(checkout.version) ?? newestTested)[0] < 2) return [];
  return checkout.filesBelow("db/knex_migrations", /\.[jt]s$/u).map((file) => ({
    name: baseName(file),
    value: changesOf(file),
    place: file.path,
  }));
}

function sqlPatches(checkout: Checkout): readonly Item[] {
  return checkout.filesBelow("db", /\/patch[^/]*\.sql$/u).map((file) => ({ name: baseName(file), place: file.path }));
}

function baseName({ path }: SourceFile): string {
  return (
    path
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/u, "") ?? path
  );
}

/** The builders of knex that name a column: `table.string("x")`. */
const notColumns = new Set([
  "dropColumn",
  "renameColumn",
  "foreign",
  "index",
  "dropIndex",
  "dropForeign",
  "unique",
  "dropUnique",
]);

/** `monitor: a, b; new table x`, from the direction `up`; empty for changes of values only. */
function changesOf(source: SourceFile): string {
  const file = parse(source);
  const up = [...nodesBelow(file.program)].find((node) => node.type === "AssignmentExpression" && isUp(node["left"]));
  if (up === undefined) throw new UnreadableError(`${file.path} has no exports.up`);
  const calls = [...nodesBelow(up)].filter((node) => node.type === "CallExpression");
  const tables = calls.flatMap((call) => {
    const method = methodOf(call);
    if (method !== "alterTable" && method !== "createTable" && method !== "table") return [];
    const [name, build] = call["arguments"] as readonly unknown[];
    const table = textOf(name);
    if (table === undefined) return [];
    const columns = [...nodesBelow(build)].flatMap(columnOf);
    return [
      `${method === "createTable" ? "new table " : ""}${table}${columns.length === 0 ? "" : `: ${columns.join(", ")}`}`,
    ];
  });
  return tables.join("; ");
}

function isUp(left: unknown): boolean {
  const node = left as SyntaxNode;
  return node.type === "MemberExpression" && nameOf(node["property"]) === "up";
}

function methodOf(call: SyntaxNode): string | undefined {
  const callee = call["callee"] as SyntaxNode;
  return callee.type === "MemberExpression" ? nameOf(callee["property"]) : undefined;
}

function columnOf(node: SyntaxNode): readonly string[] {
  if (node.type !== "CallExpression") return [];
  const callee = node["callee"] as SyntaxNode;
  if (callee.type !== "MemberExpression" || (callee["object"] as SyntaxNode).type !== "Identifier") return [];
  const name = textOf((node["arguments"] as readonly unknown[])[0]);
  const method = nameOf(callee["property"]) ?? "";
  if (name === undefined) return [];
  return notColumns.has(method) ? (method === "dropColumn" ? [`-${name}`] : []) : [name];
}
