/** The tables of `test`. The findings above them explain failures; the tables count what was tried. */
import { hasFailed, isPassed, type ProbedMonitor, type TestedMonitor } from "../../model/tested-monitor.ts";
import { inert } from "../inert.ts";
import { shorten } from "../layout/columns.ts";
import type { Style, TextOptions } from "../style.ts";
import { joinWords, plural } from "../words/counts.ts";
import { renderTable } from "./table.ts";

const widestName = 40;

export function renderTests(monitors: readonly TestedMonitor[], { style, width }: TextOptions): string {
  if (monitors.length === 0) return "No json-query or keyword monitors to test.\n";
  const { ellipsis } = style.symbols;
  const head = ["", "MONITOR", "TESTS", "BREAKAGES DETECTED", "MISSED", "FALSE ALARMS"].map((text) => style.dim(text));
  const rows = monitors.map((monitor) => {
    const { name, tests, experiment } = monitor;
    return [
      stateText(monitor, style),
      style.bold(shorten(inert(name), widestName, ellipsis)),
      tests.length === 0 ? "-" : `${tests.filter(isPassed).length} of ${tests.length}`,
      ...(experiment === undefined
        ? ["-", "-", "-"]
        : [
            `${experiment.dead.count} of ${experiment.dead.total}`,
            String(experiment.dead.total - experiment.dead.count),
            `${experiment.falseAlarms.count} of ${experiment.falseAlarms.total}`,
          ]),
    ];
  });
  const failed = monitors.filter(hasFailed).length;
  const untried = monitors.filter(isUntried).length;
  const passed = monitors.length - failed - untried;
  const counts = [
    ...(failed > 0 ? [style.red(`${failed} failed`)] : []),
    ...(untried > 0 ? [`${untried} without sample or tests`] : []),
    ...(passed > 0 ? [`${passed} passed`] : []),
  ];
  return [
    ...renderTable([head, ...rows], { width, flexible: [1], ellipsis }),
    "",
    `${plural(monitors.length, "monitor")}: ${joinWords(counts)}.`,
    ...(untried > 0 ? ["Give a monitor a healthy response as `sample:` to see which outages it would miss."] : []),
    "",
  ].join("\n");
}

function isUntried(monitor: TestedMonitor): boolean {
  return monitor.tests.length === 0 && monitor.experiment === undefined && !hasFailed(monitor);
}

function stateText(monitor: TestedMonitor, style: Style): string {
  if (hasFailed(monitor)) return style.red("FAIL");
  return isUntried(monitor) ? style.dim("-") : style.green("PASS");
}

/** Shows the body of a response only for a monitor that is down, because it often explains why. */
export function renderProbes(probes: readonly ProbedMonitor[], { style, width }: TextOptions): string {
  if (probes.length === 0) return "No monitors to probe.\n";
  const { ellipsis } = style.symbols;
  const rows = probes.flatMap(({ status, name, message, ms, body, notes }): (readonly string[])[] => [
    [
      { up: style.green("UP"), down: style.red("DOWN"), skipped: style.dim("-") }[status],
      style.bold(shorten(inert(name), widestName, ellipsis)),
      ms === undefined ? "" : `${ms} ms`,
      inert(message),
    ],
    ...(status === "down"
      ? [...notes, ...(body === undefined ? [] : [body])].map((text) => ["", "", "", style.dim(inert(text))])
      : []),
  ]);
  const countOf = (wanted: ProbedMonitor["status"]): number => probes.filter(({ status }) => status === wanted).length;
  const skipped = countOf("skipped");
  const counts = (["down", "up"] as const).flatMap((status) => {
    const count = countOf(status);
    return count === 0 ? [] : [`${count} ${status}`];
  });
  const probed = plural(probes.length - skipped, "monitor");
  const summary = [
    counts.length === 0 ? "No monitor could be probed." : `Probed ${probed}: ${joinWords(counts)}.`,
    ...(skipped === 0 ? [] : [`Skipped ${skipped}.`]),
  ];
  return ["", ...renderTable(rows, { width, flexible: [1, 3], ellipsis }), "", summary.join(" "), ""].join("\n");
}
