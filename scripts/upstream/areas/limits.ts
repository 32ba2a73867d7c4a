import type { Area } from "../area.ts";
import { UnreadableError } from "../checkout.ts";
import { lineOf, nameOf, nodesBelow, parse, sourceOf, type SyntaxNode } from "../syntax.ts";

/** Numbers in src/util.ts: the shortest interval, the limits of ping. */
export const limits: Area = {
  id: "limits",
  title: "Limits (constants of src/util.ts)",
  hasKnown: true,
  todo: "compare with src/kuma/capabilities.ts and docs/upstream/uptime-kuma.md, Limits",
  read: (checkout) => {
    const file = parse(checkout.file("src/util.ts"));
    const found = [...nodesBelow(file.program)].flatMap((node) => {
      const name = node.type === "VariableDeclarator" ? nameOf(node["id"]) : undefined;
      const value = node["init"] as SyntaxNode | null | undefined;
      if (name === undefined || !/(?:_MIN|_MAX|_DEFAULT|^MIN_|^MAX_)/u.test(name) || value == null) return [];
      return [{ name, value: sourceOf(file, value), place: `${file.path}:${lineOf(file, node)}` }];
    });
    // 1.23.0 has two.
    if (found.length < 2) throw new UnreadableError(`${file.path} has no MIN_… and MAX_…`);
    return found;
  },
};
