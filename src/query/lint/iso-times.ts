/** Finds texts that `$toMillis` does not read without a picture (docs/upstream/jsonata.md#uptime-kuma-254). */
import { compareEngines } from "../engines.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName, walk } from "./query-tree.ts";

/** As jsonata 2.2 reads them. */
const isoTime = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/u;
/** Before, a part could be repeated; the result is NaN. */
const looseTime = /^\d{4}(-[01]\d)*(-[0-3]\d)*(T[0-2]\d:[0-5]\d:[0-5]\d)*(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/u;

/** `2026-11-30 10:00:00`, with or without seconds. */
const blankTime = /^(\d{4}-[01]\d-[0-3]\d) ([0-2]\d:[0-5]\d)(:[0-5]\d)?$/u;

export function checkIsoTimes(context: TreeContext): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  walk(context.tree, (node) => {
    const [text, picture] = calledName(node) === "toMillis" ? (node.arguments ?? []) : [];
    if (text?.type !== "string" || picture !== undefined) return;
    const written = String(text.value);
    if (isoTime.test(written)) return;
    const [, date, time, seconds = ":00"] = blankTime.exec(written) ?? [];
    findings.push(
      inQuery("unreadable-time", "error", context.spanOf(text), {
        message: `$toMillis does not read "${written}": it is not an ISO 8601 time`,
        hint:
          date === undefined
            ? 'write it like "2026-11-30T10:00:00Z", or give its picture: $toMillis("30.11.2026", "[D01].[M01].[Y0001]")'
            : `write "${date}T${time}${seconds}Z", with its time zone`,
        why: whyOf(context, written),
      }),
    );
  });
  return findings;
}

function whyOf({ servers }: TreeContext, written: string): string {
  const failing = "the check would fail at this point, whatever the response is";
  const old = servers.find(({ engine }) => compareEngines(engine, "2.2.2") < 0);
  if (old === undefined || !looseTime.test(written)) return failing;
  return `on Uptime Kuma ${old.version} the result is not a number, and from 2.5.4 on ${failing}`;
}
