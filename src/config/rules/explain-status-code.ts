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
  const range = /^\s*(\d{3})\s*-\s*(\d{3})\s*$/u.exec(entry);
  if (range !== null) {
    const [, from = "", to = ""] = range;
    return Number(from) > Number(to) ? { code: "KS1403", message, hint: `did you mean "${to}-${from}"?` } : undefined;
  }
  return { code: "KS1403", message, hint: 'write a code such as "204" or a range such as "200-299"' };
}
