import type { KindRegistry } from "../../../src/kinds/kind.ts";
import { fieldTable } from "./field-table.ts";
import { cell, page, table, yamlBlock } from "./markdown.ts";
import { generated, legend, neededFields, sharedFields, typeLink, variantSection } from "./variant-section.ts";

export function notificationsPage(kinds: KindRegistry): string {
  const notification = kinds.get("notification");
  if (notification === undefined) throw new Error("there are no notifications");
  const { variants } = notification;
  const shared = sharedFields(variants);
  const typed = variants.filter(({ isOpen }) => !isOpen);
  const open = variants.filter(({ isOpen }) => isOpen).flatMap(({ type }) => type ?? []);
  const rows = typed.map((variant) => [typeLink(variant), neededFields(variant), cell(variant.summary)]);
  return page(
    "# Notification providers",
    generated,
    `All ${variants.length} providers of Uptime Kuma 2.5.3. ${typed.length} have typed fields with the required ones checked; the fields of the others [pass through](#providers-that-pass-through). Upper and lower case count in \`type\`, as they do in Uptime Kuma.`,
    table(["type", "needs", "what it does"], rows),
    legend,
    "## Fields of every notification",
    'Beside these, what is said of [any object](configuration.md#of-any-object). A notification reaches the monitors that name it, and no others: `isDefault` only ticks it in the form for new monitors, and the form\'s "apply on all existing monitors" is never sent.',
    fieldTable(shared, { required: [] }),
    ...typed.flatMap((variant) => [`## \`${variant.type ?? ""}\``, ...variantSection(notification, variant, shared)]),
    "## Providers that pass through",
    "The settings of these are sent as they are written, under the names that Uptime Kuma has for them; a look at its form, or `kuma-sync import`, shows which. All of them together count as one secret, because which of them hold one is not known here. A provider that is newer than this list passes through too.",
    open.map((type) => `\`${type}\``).join(", "),
    yamlBlock({
      notifications: {
        "my-bark": { name: "On call", type: "Bark", barkEndpoint: "${env:BARK_ENDPOINT}", barkSound: "telegraph" },
      },
    }),
  );
}
