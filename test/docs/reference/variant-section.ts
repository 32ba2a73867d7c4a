/** What the pages say of one shape of a kind. */
import type { Fields } from "../../../src/kinds/field.ts";
import { selectKey, selectSchemas } from "../../../src/config/selectors/select-key.ts";
import { ownFields } from "../../../src/kinds/describe/shared-fields.ts";
import type { Kind, Variant } from "../../../src/kinds/kind.ts";
import { fieldTable } from "./field-table.ts";
import { anchor, cell, range, yamlBlock } from "./markdown.ts";

export const generated = "<!-- Written from the program's own tables: npx vitest run test/docs --update -->";

export const legend = [
  "How to read the tables:",
  "",
  "- **since**: the first release of Uptime Kuma that has it; empty if 1.23 has it. On an older server it is the error",
  "  [KS2001](../findings/KS2001.md), and kuma-sync does not send it.",
  "- **in Uptime Kuma**: its name in Uptime Kuma's objects and API, if it differs.",
  "- **default**: the value if you leave the field out: the default of Uptime Kuma's form.",
  "- **secret**: kuma-sync never prints the value, old or new. Every value from `${env:…}` or `${file:…}` is treated the same way.",
  "- **duration**: seconds, or a number with a unit: `90s`, `5m`, `1.5h`, `1d`.",
  "- **key**: the key of an object in the configuration; `{ name: … }` or `{ id: … }` instead names an object that was made by hand on the server.",
].join("\n");

/** To its section on the same page. */
export function typeLink({ type = "" }: Variant): string {
  return `[\`${type}\`](#${anchor(type)})`;
}

/** What must be written; that everything has a name is said once. */
export function neededFields({ required }: Variant): string {
  return required
    .filter((name) => name !== "name")
    .map((name) => `\`${name}\``)
    .join(", ");
}

export function variantSection(kind: Kind, variant: Variant, shared: Fields): readonly string[] {
  const own = ownFields(variant, shared);
  const since = range(variant.since ?? kind.since);
  const { leftOut = {} } = variant;
  return [
    cell(variant.summary) + (since === "" ? "" : ` Uptime Kuma ${since}.`),
    Object.keys(own).length === 0
      ? "No fields of its own."
      : fieldTable(own, {
          required: variant.required,
          nameField: variant.nameField,
          isKept: kind.onlyKey !== undefined,
        }),
    selectKey in selectSchemas(variant)
      ? `\`${selectKey}\` beside \`monitors\` adds monitors by tag, parent, type or key: [Selecting monitors](../selecting-monitors.md).`
      : "",
    Object.keys(leftOut).length === 0
      ? ""
      : [
          "Left out on purpose:",
          "",
          ...Object.entries(leftOut).map(([name, why]) => `- \`${name}\`: ${cell(why)}`),
        ].join("\n"),
    yamlBlock({
      [kind.section]: kind.onlyKey === undefined ? { [keyOf(kind, variant)]: variant.example } : variant.example,
    }),
  ];
}

function keyOf({ name }: Kind, { type }: Variant): string {
  return type === undefined ? `my-${name}` : `my-${type.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-")}`;
}
