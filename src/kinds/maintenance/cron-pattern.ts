/**
 * Finds mistakes in a cron pattern. The server passes it to croner, whose releases (6 in Uptime Kuma 1.23, 8 in 2.x)
 * differ in details. Only patterns that both accept are allowed, so that no server refuses one after storing half of
 * the maintenance (docs/upstream/uptime-kuma.md#maintenance).
 */

interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  /** `L`, the last day of the month. */
  readonly hasLast?: true;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const second: CronField = { name: "second", least: 0, most: 59 };
const fields: readonly CronField[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31, hasLast: true },
  { name: "month", least: 1, most: 12, words: months },
  { name: "weekday", least: 0, most: 7, words: weekdays },
];

/** One sentence without a full stop; undefined for a valid pattern of five fields, or six that start with seconds. */
export function cronProblem(pattern: string): string | undefined {
  const parts = pattern.trim().split(/\s+/u);
  const known = parts.length === fields.length + 1 ? [second, ...fields] : fields;
  if (parts.length !== known.length) {
    return `a cron pattern has five fields (minute, hour, day, month, weekday), or six with seconds first, not ${parts.length}`;
  }
  const wrong = known.findIndex((field, index) => !isGoodField(parts[index] ?? "", field));
  const field = known[wrong];
  return field === undefined ? undefined : `"${parts[wrong] ?? ""}" is no ${field.name} of a cron pattern`;
}

function isGoodField(text: string, field: CronField): boolean {
  return text.split(",").every((item) => isGoodItem(item, field));
}

/** `*`, `5`, `mon`, `1-5`, `mon-fri`, each but single values with an optional step; `L`. */
function isGoodItem(item: string, field: CronField): boolean {
  if (item === "L") return field.hasLast === true;
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0) return false;
  const ends = range.split("-");
  const isSingle = range !== "*" && ends.length === 1;
  if (step !== undefined && (isSingle || !isStep(step, field))) return false;
  if (range === "*") return true;
  const [first, last = first] = ends.map((end) => valueOf(end, field));
  return ends.length <= 2 && first !== undefined && last !== undefined && first <= last;
}

function isStep(step: string, { least, most }: CronField): boolean {
  return /^\d{1,4}$/u.test(step) && Number(step) >= 1 && Number(step) <= most - least;
}

/** Undefined for a value that the field does not have. */
function valueOf(text: string, { least, most, words }: CronField): number | undefined {
  const index = words?.indexOf(text.toLowerCase()) ?? -1;
  const value = index === -1 ? (/^\d{1,2}$/u.test(text) ? Number(text) : undefined) : index + (least === 1 ? 1 : 0);
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
