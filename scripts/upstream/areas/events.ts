import { argumentCounts } from "../../../src/kuma/socket/events.ts";
import type { Area, Item } from "../area.ts";
import { UnreadableError } from "../checkout.ts";
import { lineOf, memberPath, nameOf, nodesBelow, parse, textOf, type SyntaxNode } from "../syntax.ts";
import { serverFiles } from "../server-files.ts";

/** The events that the server listens to, each with the number of its arguments before the acknowledgement. */
export const events: Area = {
  id: "events",
  title: "Socket events that the server takes",
  hasKnown: true,
  todo: "if kuma-sync should send it, a line in src/kuma/socket/events.ts",
  uses: (name) => (Object.hasOwn(argumentCounts, name) ? "kuma-sync sends it" : undefined),
  read: (checkout) => {
    const found = serverFiles(checkout).flatMap((source): readonly Item[] => {
      if (!source.text.includes("socket.on(")) return [];
      const file = parse(source);
      return [...nodesBelow(file.program)].flatMap((node) => {
        if (node.type !== "CallExpression" || memberPath(node["callee"])?.slice(-2).join(".") !== "socket.on")
          return [];
        const [event, handler] = node["arguments"] as readonly SyntaxNode[];
        const name = textOf(event);
        if (name === undefined || ours.has(name)) return [];
        return [{ name, value: `${argumentsOf(handler)} arguments`, place: `${file.path}:${lineOf(file, node)}` }];
      });
    });
    if (found.length < 2) throw new UnreadableError("server/ has no socket.on(…)");
    return found;
  },
};

/** Of socket.io itself. */
const ours = new Set(["disconnect", "disconnecting", "error"]);

function argumentsOf(handler: SyntaxNode | undefined): number {
  const names = ((handler?.["params"] ?? []) as readonly SyntaxNode[]).map((parameter) => nameOf(parameter) ?? "");
  return names.filter((name) => !/^(?:callback|cb|ack)$/u.test(name)).length;
}
