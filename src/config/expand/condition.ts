import type { Json } from "../../model/json.ts";
import { keyText, spanOf, type YamlPlace } from "../source/positions.ts";
import { isBroken, type KnownValue } from "../values/provenance.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";

/** Whether a condition such as `when` holds. Undefined, with a finding, for anything but true and false. */
export function conditionAt(place: YamlPlace, context: ReadContext): boolean | undefined {
  const { value, provenance } = readValue(place, context);
  return isBroken(provenance) ? undefined : conditionOf({ place, value, known: provenance.get("") }, context);
}

interface ReadCondition {
  readonly place: YamlPlace;
  readonly value: Json;
  readonly known: KnownValue | undefined;
}

/** The same for a condition that is read already, and is not broken. */
function conditionOf(
  { place, value, known }: ReadCondition,
  { report }: Pick<ReadContext, "report">,
): boolean | undefined {
  // Spreadsheets write TRUE.
  const text = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (text === true || text === "true") return true;
  if (text === false || text === "false") return false;
  const name = keyText(place.key) ?? "";
  const isHidden = known?.isSecret === true;
  const found =
    text === null || text === ""
      ? "nothing"
      : isHidden || typeof value === "object"
        ? "another value"
        : `"${String(value).slice(0, 60)}"`;
  report({
    code: "KS1764",
    severity: "error",
    message: `"${name}" is ${found}; it must be true or false`,
    at: spanOf(known?.rowPlace ?? place, "value"),
    ...(isHidden ? { hint: outsideHint } : hintFor(found)),
    ...(known?.rowPlace === undefined ? {} : { related: { message: "the condition", at: spanOf(place, "value") } }),
  });
  return undefined;
}

/** `validate`, `render` and others read no secrets, and could not say which objects there are. */
const outsideHint = "write ${var:…}, which every command reads, instead of ${env:…} or ${file:…}";

function hintFor(found: string): { readonly hint?: string } {
  if (found === "nothing") return { hint: "say what a row without a value means: ${each:column:-false}" };
  if (!/[=<>!]| (?:and|or|in|not) /u.test(found)) return {};
  return { hint: "nothing is compared or calculated: give the rows a column with true or false" };
}
