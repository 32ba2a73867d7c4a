/** The result of a query. */
import type { QueryBody } from "../../model/document-bodies.ts";
import { inert } from "../inert.ts";
import type { TextOptions } from "../style.ts";
import { plural } from "../words/counts.ts";
import { shorten } from "../layout/columns.ts";
import { renderTable } from "./table.ts";

const mostPlaces = 12;

/** Empty if there was no response. */
export function renderQuery(body: QueryBody, { style, width }: TextOptions): string {
  const { status, message = "", value, resultType, experiment, found, notes, server } = body;
  const room = Math.max(40, width * 4);
  const short = (text: string): string => shorten(inert(text), room, style.symbols.ellipsis);
  const rows: (readonly string[])[] = [];
  if (resultType !== undefined) {
    const shown = value === undefined ? style.dim("not shown") : short(JSON.stringify(value));
    rows.push(["value", `${resultType === "undefined" ? "nothing" : shown} ${style.dim(`(${resultType})`)}`]);
  }
  if (status !== undefined) {
    const word = status === "up" ? style.green("UP") : style.red("DOWN");
    rows.push(["verdict", `${word} ${style.dim(`by Uptime Kuma ${server}`)}`], ["message", short(message)]);
  }
  if (experiment !== undefined) {
    const { expected, missed, seen, falseAlarms, watched, blind } = experiment;
    if (status === undefined) rows.push(["tried with", `--expect ${short(JSON.stringify(expected))}`]);
    rows.push(
      ["breakages", `${missed.total - missed.names.length} of ${plural(missed.total, "dead response")} detected`],
      ["", `${seen.names.length} of ${plural(seen.total, "single fault")} detected`],
      ["false alarms", `${falseAlarms.names.length} of ${plural(falseAlarms.total, "harmless change")}`],
      ["watched", short(placesText(watched))],
      ["not watched", short(placesText(blind))],
    );
  }
  if (found?.passing !== undefined) rows.push(["up for", short(found.passing)]);
  if (found?.failing !== undefined) rows.push(["down for", short(found.failing)]);
  for (const note of notes) rows.push(["note", short(note)]);
  return rows.length === 0 ? "" : `${renderTable(rows).join("\n")}\n`;
}

function placesText(places: readonly string[]): string {
  if (places.length === 0) return "nothing";
  const rest = places.length - mostPlaces;
  return places.slice(0, mostPlaces).join(", ") + (rest > 0 ? `, and ${rest} more` : "");
}
