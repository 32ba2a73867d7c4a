import type { Json } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isWithheld, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/** Accepted codes that a response never has when it is judged (RFC 9110, section 15). */
export const unseenCodes: EntityRule = {
  name: "unseen-codes",
  kind: "monitor",
  checkEach(entity) {
    const codes = entity.written["acceptedStatusCodes"];
    if (!Array.isArray(codes) || entity.variant.type === "websocket-upgrade") return [];
    const ranges = (codes as readonly Json[]).map((code, index) => ({ index, range: rangeOf(code) }));
    const outside = ranges.flatMap(({ index, range }) => checkRange(range, index));
    return outside.length > 0
      ? outside
      : checkRedirects(
          entity,
          ranges.map(({ range }) => range),
        );
  },
};

type Range = readonly [from: number, to: number];

function rangeOf(code: Json): Range | undefined {
  const [, from = "", to = from] =
    /^\s*(\d{3})\s*(?:-\s*(\d{3})\s*)?$/u.exec(
      typeof code === "number" ? String(code) : typeof code === "string" ? code : "",
    ) ?? [];
  return from === "" || Number(from) > Number(to) ? undefined : [Number(from), Number(to)];
}

function checkRange(range: Range | undefined, index: number): readonly EntityFinding[] {
  if (range === undefined) return [];
  const [from, to] = range;
  const is = from === to ? `${from} is` : `${from}-${to} are`;
  const base = { code: "KS1431", severity: "warning", pointer: `/acceptedStatusCodes/${index}` } as const;
  if (to < 200) return [{ ...base, message: `${is} never judged: an answer goes on after 1xx`, hint: "write 200-299" }];
  // Some sites answer robots with 999.
  if (from <= 599 || (from <= 999 && to === 999)) return [];
  return [{ ...base, message: `${is} not among the status codes of HTTP, which end at 599`, hint: "write 200-299" }];
}

const followed: readonly number[] = [301, 302, 303, 307, 308];

function checkRedirects(entity: DeclaredEntity, ranges: readonly (Range | undefined)[]): readonly EntityFinding[] {
  const { maxRedirects } = entity.canonical;
  if (typeof maxRedirects !== "number" || maxRedirects === 0 || isWithheld(entity, "/maxRedirects")) return [];
  const areAll = ranges.every((range) => range !== undefined && range[0] === range[1] && followed.includes(range[0]));
  if (!areAll) return [];
  return [
    {
      code: "KS1431",
      severity: "warning",
      message: "redirects are followed, so the code of the redirect itself is never judged",
      hint: "write maxRedirects: 0",
      pointer: "/acceptedStatusCodes/0",
    },
  ];
}
