import type { EntityFinding } from "../entity-finding.ts";
import type { Json } from "../../model/json.ts";

/**
 * Explains what is wrong with an entry of `acceptedStatusCodes`. The server splits it at "-" and uses parseInt, so
 * `2xx`, `200-` and `299-200` are saved without an error and match nothing
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export function explainStatusCode(
  entry: Json | undefined,
): Pick<EntityFinding, "code" | "message" | "hint" | "repair"> | undefined {
  if (typeof entry !== "string" || /^\s*\d{3}\s*$/u.test(entry)) return undefined;
  const message = `status code range "${entry.slice(0, 40)}" matches nothing`;
  const wildcard = /^([1-9])(xx|\*\*?|\d?x)$/iu.exec(entry.trim());
  if (wildcard !== null) {
    const [, digit = ""] = wildcard;
    const range = `${digit}00-${digit}99`;
    return { code: "KS1403", message, hint: `write "${range}"`, repair: { type: "replace", value: range } };
  }
  if (entry.includes(",")) return { code: "KS1403", message, hint: "write each code or range as an item of its own" };
  const range = /^\s*(\d{3})(\s*(?:-|–|—|:|\.{2,3}|to)\s*)(\d{3})\s*$/iu.exec(entry);
  if (range !== null) {
    const [, from = "", between = "", to = ""] = range;
    if (Number(from) > Number(to)) return { code: "KS1403", message, hint: `did you mean "${to}-${from}"?` };
    const meant = `${from}-${to}`;
    if (meant === entry) return undefined;
    const repair = { hint: `write "${meant}"`, repair: { type: "replace", value: meant } } as const;
    // The server's parseInt would read the blanks.
    if (between.trim() === "-")
      return { code: "KS1207", message: `status code range "${entry}" has blanks`, ...repair };
    return { code: "KS1403", message, ...repair };
  }
  return { code: "KS1403", message, hint: 'write a code such as "204" or a range such as "200-299"' };
}
