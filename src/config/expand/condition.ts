import { keyText, spanOf, type YamlPlace } from "../source/positions.ts";
import { isBroken } from "../values/provenance.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";

/** Whether a condition such as `when` holds. False, with a finding, for anything but true and false. */
export function conditionAt(place: YamlPlace, context: ReadContext): boolean {
  const { value, provenance } = readValue(place, context);
  if (isBroken(provenance)) return false;
  // Spreadsheets write TRUE.
  const text = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (text === true || text === "true") return true;
  if (text === false || text === "false") return false;
  const name = keyText(place.key) ?? "";
  const known = provenance.get("");
  const isHidden = known?.isSecret === true;
  const found =
    text === null || text === ""
      ? "nothing"
      : isHidden || typeof value === "object"
        ? "another value"
        : `"${String(value).slice(0, 60)}"`;
  context.report({
    code: "KS1764",
    severity: "error",
    message: `"${name}" is ${found}; it must be true or false`,
    at: spanOf(known?.rowPlace ?? place, "value"),
    ...(found === "nothing" ? { hint: "say what a row without a value means: ${each:column:-false}" } : {}),
    ...(known?.rowPlace === undefined ? {} : { related: { message: "the condition", at: spanOf(place, "value") } }),
  });
  return false;
}
