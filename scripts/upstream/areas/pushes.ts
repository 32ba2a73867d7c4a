import { listNames } from "../../../src/model/kuma-client.ts";
import type { Area, Item } from "../area.ts";
import { UnreadableError } from "../checkout.ts";
import { serverFiles } from "../server-files.ts";
import { nameOf, nodesBelow, parse, textOf, type SyntaxNode } from "../syntax.ts";

/** Beside the lists, what `src/kuma/` listens to. */
const alsoUsed = [
  "autoLogin",
  "avgPing",
  "deleteMonitorFromList",
  "heartbeat",
  "heartbeatList",
  "info",
  "loginRequired",
  "setup",
  "updateMonitorIntoList",
  "uptime",
];
const used: ReadonlySet<string> = new Set([...listNames, ...alsoUsed]);

/** What the server sends by itself. */
export const pushes: Area = {
  id: "pushes",
  title: "Messages that the server pushes",
  hasKnown: true,
  todo: "see whether it changes what a client can rely on (docs/upstream/uptime-kuma.md, Lists after login)",
  uses: (name) => (used.has(name) ? "kuma-sync listens to it" : undefined),
  read: (checkout) => {
    const found = serverFiles(checkout).flatMap((source): readonly Item[] => {
      if (!source.text.includes(".emit(")) return [];
      const file = parse(source);
      return [...nodesBelow(file.program)].flatMap((node) => {
        if (node.type !== "CallExpression" || nameOf((node["callee"] as SyntaxNode)["property"]) !== "emit") return [];
        const [event] = node["arguments"] as readonly unknown[];
        return textsOf(event).map((name) => ({ name, place: file.path }));
      });
    });
    if (found.length < 2) throw new UnreadableError("server/ has no emit(…)");
    return [...new Map(found.map((item) => [item.name, item])).values()];
  },
};

/** `"x"`, and both texts of `a ? "x" : "y"`. */
function textsOf(node: unknown): readonly string[] {
  const text = textOf(node);
  if (text !== undefined) return [text];
  const { type, consequent, alternate } = (node ?? {}) as Partial<SyntaxNode>;
  return type === "ConditionalExpression" ? [...textsOf(consequent), ...textsOf(alternate)] : [];
}
