import { dirname, join } from "node:path/posix";
import { UnreadableError, type Checkout, type SourceFile } from "./checkout.ts";
import { memberPath, nameOf, nodesBelow, parse, propertiesOf, textOf, type Parsed, type SyntaxNode } from "./syntax.ts";

export interface ProviderSource {
  /** As the server spells it; what is stored as `type`. */
  readonly name: string;
  readonly server: Parsed;
  /** Its part of the notification form; undefined if the form does not offer it. */
  readonly form: SourceFile | undefined;
}

const list = "server/notification.js";
const forms = "src/components/notifications/index.js";

/** The providers of `Notification.init` in the order of their names. Throws UnreadableError. */
export function providerSources(checkout: Checkout): readonly ProviderSource[] {
  const file = parse(checkout.firstFile(list, list.replace(/js$/u, "ts")));
  const imported = importsOf(file);
  const formFiles = formFilesOf(checkout);
  const made = [...nodesBelow(file.program)]
    .filter((node) => node.type === "ArrayExpression")
    .flatMap((node) => node["elements"] as readonly (SyntaxNode | null)[])
    .flatMap((node) => (node?.type === "NewExpression" ? [nameOf(node["callee"]) ?? ""] : []));
  if (made.length < 2) throw new UnreadableError(`${file.path} has no list of \`new Provider()\``);
  const sources = made.map((className) => {
    const path = imported.get(className);
    if (path === undefined) throw new UnreadableError(`${file.path} does not import ${className}`);
    const server = parse(checkout.firstFile(path, `${path}.js`, `${path}.ts`));
    const name = providerName(server);
    return { name, server, form: formFiles.get(name) };
  });
  return sources.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The path of what each name of a file stands for, by `require` or `import`, relative to the checkout. */
function importsOf({ path, program }: Parsed): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string | undefined, source: string | undefined): void => {
    if (name !== undefined && source?.startsWith(".") === true) found.set(name, join(dirname(path), source));
  };
  for (const node of nodesBelow(program)) {
    if (node.type === "ImportDeclaration") {
      for (const part of node["specifiers"] as readonly SyntaxNode[])
        add(nameOf(part["local"]), textOf(node["source"]));
    }
    if (node.type !== "VariableDeclarator") continue;
    const call = node["init"] as SyntaxNode | null;
    if (call?.type !== "CallExpression" || nameOf(call["callee"]) !== "require") continue;
    add(nameOf(node["id"]), textOf((call["arguments"] as readonly unknown[])[0]));
  }
  return found;
}

/** `name = "slack"` in the class, or `this.name = "slack"`. */
function providerName(file: Parsed): string {
  for (const node of nodesBelow(file.program)) {
    const isField = node.type === "PropertyDefinition" && nameOf(node["key"]) === "name";
    const isSet = node.type === "AssignmentExpression" && memberPath(node["left"])?.join(".") === "this.name";
    const name = isField ? textOf(node["value"]) : isSet ? textOf(node["right"]) : undefined;
    if (name !== undefined) return name;
  }
  throw new UnreadableError(`${file.path} has no provider's name`);
}

/** The files of the notification form by provider. */
function formFilesOf(checkout: Checkout): ReadonlyMap<string, SourceFile> {
  const file = parse(checkout.firstFile(forms, forms.replace(/js$/u, "ts")));
  const imported = importsOf(file);
  const found = new Map<string, SourceFile>();
  for (const node of nodesBelow(file.program)) {
    for (const { name, value } of propertiesOf(node)) {
      const path = imported.get(nameOf(value) ?? "");
      if (path?.endsWith(".vue") === true) found.set(name, checkout.file(path));
    }
  }
  if (found.size === 0) throw new UnreadableError(`${file.path} names no forms`);
  return found;
}
