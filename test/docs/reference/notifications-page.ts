import { sharedFields } from "../../../src/kinds/describe/shared-fields.ts";
import type { KindRegistry } from "../../../src/kinds/kind.ts";
import { newestTestedVersion } from "../../../src/model/release.ts";
import { fieldTable } from "./field-table.ts";
import { cell, page, table, yamlBlock } from "./markdown.ts";
import { generated, legend, neededFields, typeLink, variantSection } from "./variant-section.ts";

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
    `All ${variants.length} providers of Uptime Kuma up to ${newestTestedVersion} and of the 3.x line. ${typed.length} have typed fields with the required ones checked; the fields of the others [pass through](#providers-that-pass-through). Upper and lower case count in \`type\`, as they do in Uptime Kuma.`,
    table(["type", "needs", "what it does"], rows),
    legend,
    "## Fields of every notification",
    'Notifications also accept the [keys every object accepts](configuration.md#keys-every-object-accepts). Only monitors that name a notification use it: `isDefault` only selects it in the form for new monitors, and kuma-sync never sends the form\'s "apply on all existing monitors".',
    fieldTable(shared, { required: [] }),
    ...typed.flatMap((variant) => [`## \`${variant.type ?? ""}\``, ...variantSection(notification, variant, shared)]),
    "## Providers that pass through",
    "kuma-sync sends the settings of these providers as you write them, under the names that Uptime Kuma uses. `kuma-sync import` or the form in Uptime Kuma shows the names. All settings of such a provider are treated as secret, because kuma-sync does not know which ones are. Providers that are newer than this list pass through too.",
    open.map((type) => `\`${type}\``).join(", "),
    yamlBlock({
      notifications: {
        "my-bark": { name: "On call", type: "Bark", barkEndpoint: "${env:BARK_ENDPOINT}", barkSound: "telegraph" },
      },
    }),
  );
}
