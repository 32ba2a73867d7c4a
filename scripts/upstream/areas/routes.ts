import type { Area, Item } from "../area.ts";
import { UnreadableError } from "../checkout.ts";
import { serverFiles } from "../server-files.ts";
import { lineOf, memberPath, nodesBelow, parse, textOf, type SyntaxNode } from "../syntax.ts";

const used: ReadonlySet<string> = new Set([
  "GET /setup-database-info",
  "POST /setup-database",
  "GET /api/entry-page",
  "GET /api/status-page/:slug",
]);
const methods = new Set(["all", "delete", "get", "patch", "post", "put"]);

/** Addresses that the server answers over HTTP. */
export const routes: Area = {
  id: "routes",
  title: "HTTP addresses",
  hasKnown: true,
  todo: "see whether logging in, setting up or reading a page goes through it",
  uses: (name) => (used.has(name) ? "kuma-sync asks it" : undefined),
  read: (checkout) => {
    const found = serverFiles(checkout).flatMap((source): readonly Item[] => {
      const file = parse(source);
      return [...nodesBelow(file.program)].flatMap((node) => {
        const callee = node.type === "CallExpression" ? memberPath(node["callee"]) : undefined;
        const method = callee?.at(-1) ?? "";
        if (!methods.has(method) || !/^(?:app|\w*router)$/iu.test(callee?.at(-2) ?? "")) return [];
        const [path] = node["arguments"] as readonly (SyntaxNode | undefined)[];
        const text = textOf(path);
        if (text === undefined || !/^[/*]/u.test(text)) return [];
        return [{ name: `${method.toUpperCase()} ${text}`, place: `${file.path}:${lineOf(file, node)}` }];
      });
    });
    if (found.length < 2) throw new UnreadableError("server/ has no app.get(…) or router.get(…)");
    return [...new Map(found.map((item) => [item.name, item])).values()];
  },
};
