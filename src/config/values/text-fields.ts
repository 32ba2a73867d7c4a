/**
 * Fields whose value is text whatever it looks like. Uptime Kuma compares text: a YAML `true` would be stored as `1`
 * and keep the monitor down for ever, `1.0` would become `1` (docs/upstream/jsonata.md#text-comparison). So the text
 * that was written counts.
 */
import { isScalar } from "yaml";
import type { Fields } from "../../kinds/field.ts";
import type { Finding } from "../../model/finding.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import { fixAt } from "../source/repair.ts";

/** `value` with those fields as text; a warning where the text is not what YAML makes of it. */
export function withTextFields(
  value: JsonObject,
  fields: Fields,
  placeOf: (name: string) => YamlPlace | undefined,
): { readonly value: JsonObject; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const texts: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const found = value[name] ?? null;
    if (typeof found === "string" || (typeof found === "object" && found !== null)) continue;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field?.isText !== true) continue;
    const child = placeOf(name);
    const node = child === undefined ? undefined : resolved(child.document, child.node);
    // `key:` with nothing behind it is nothing, not the empty text.
    if (child === undefined || !isScalar(node) || node.source === undefined || node.source === "") continue;
    texts[name] = node.source;
    if (found !== null && String(found) === node.source) continue;
    const written = field.isSensitive === true ? "the text as written" : `the text "${node.source}"`;
    const read = field.isSensitive === true ? "what YAML reads" : found === null ? "nothing" : String(found);
    findings.push({
      code: "KS1510",
      severity: "warning",
      message: `"${name}" is ${written}, not ${read}`,
      at: spanOf(child, "value"),
      ...fixAt(child, { type: "quote" }),
      hint: field.isSensitive === true ? "write it in quotes" : `write it in quotes: "${node.source}"`,
    });
  }
  return { value: { ...value, ...texts }, findings };
}
