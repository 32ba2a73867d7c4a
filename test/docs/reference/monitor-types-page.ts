import { sharedFields } from "../../../src/kinds/describe/shared-fields.ts";
import type { KindRegistry } from "../../../src/kinds/kind.ts";
import { fieldTable } from "./field-table.ts";
import { cell, page, range, table } from "./markdown.ts";
import { generated, legend, neededFields, typeLink, variantSection } from "./variant-section.ts";

export function monitorTypesPage(kinds: KindRegistry): string {
  const monitor = kinds.get("monitor");
  if (monitor === undefined) throw new Error("there are no monitors");
  const { variants } = monitor;
  const shared = sharedFields(variants);
  const rows = variants.map((variant) => [
    typeLink(variant),
    range(variant.since),
    neededFields(variant),
    cell(variant.summary),
  ]);
  return page(
    "# Monitor types",
    generated,
    `All ${variants.length} types of monitors, their fields, and which releases of Uptime Kuma have them.`,
    table(["type", "since", "needs", "what it does"], rows),
    legend,
    "## Fields of every monitor",
    "Monitors also accept the [keys every object accepts](configuration.md#keys-every-object-accepts), and `sample` and `tests`. The defaults of `interval`, `retryInterval` and a few others differ by type; the section of the type then lists them.",
    fieldTable(shared, { required: [] }),
    ...variants.flatMap((variant) => [`## \`${variant.type ?? ""}\``, ...variantSection(monitor, variant, shared)]),
  );
}
