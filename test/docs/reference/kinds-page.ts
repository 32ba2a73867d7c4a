import type { Kind, KindRegistry } from "../../../src/kinds/kind.ts";
import { strategies } from "../../../src/kinds/maintenance/maintenance-fields.ts";
import { kindIdentity, type KindName } from "../../../src/model/entity.ts";
import { anchor, cell, page, range, table } from "./markdown.ts";
import { generated, legend, variantSection } from "./variant-section.ts";

const elsewhere: Readonly<Partial<Record<KindName, string>>> = {
  monitor: "monitor-types.md",
  notification: "notifications.md",
};

const identities = {
  marker: "A marker on the object itself, which edits in Uptime Kuma keep.",
  ledger:
    "Its id in the project's ledger among the server's settings, because the object has no place for a marker. Before the object is in the ledger, or if the ledger is lost, the value in the last column.",
  shared: "Its name. All projects share it: kuma-sync creates and changes it and never deletes it.",
} as const;

/** What `DesiredEntity.name` holds, in the words of Uptime Kuma. */
const knownBy: Readonly<Record<KindName, string>> = {
  tag: "its name",
  notification: "its name",
  proxy: "its address with the user in it: `http://monitoring@proxy.example.com:3128`",
  "docker-host": "its name",
  "remote-browser": "its name",
  monitor: "its name",
  "status-page": "its slug",
  maintenance: "its title",
  settings: "there is one set",
};

export function kindsPage(kinds: KindRegistry): string {
  const rows = [...kinds.values()].map((kind) => [
    `[${kind.name}](${elsewhere[kind.name] ?? `#${anchor(kind.section)}`})`,
    `\`${kind.section}\``,
    range(kind.since),
    kindIdentity[kind.name],
    cell(knownBy[kind.name]),
  ]);
  const here = [...kinds.values()].filter(({ name }) => elsewhere[name] === undefined);
  return page(
    "# Kinds",
    generated,
    "Look up here what kuma-sync can manage in Uptime Kuma, and in which section of the configuration. A kind refers only to kinds above it, or to itself. Objects are created in this order and deleted in reverse.",
    table(["kind", "section", "since", "identity", "matched by"], rows),
    [
      "How kuma-sync recognises its objects on the server:",
      "",
      ...Object.entries(identities).map(([name, words]) => `- **${name}**: ${words}`),
    ].join("\n"),
    legend,
    ...here.flatMap((kind) => [`## ${kind.section}`, ...kindSection(kind)]),
  );
}

function kindSection(kind: Kind): readonly string[] {
  const sections = kind.variants.flatMap((variant) => variantSection(kind, variant, {}));
  return kind.name === "maintenance" ? [...sections, strategyTable()] : sections;
}

function strategyTable(): string {
  const rows = Object.entries(strategies).map(([name, { needs, takes }]) => [
    `\`${name}\``,
    codes(needs),
    codes(takes),
  ]);
  return `What each strategy goes by; it looks at nothing else:\n\n${table(["strategy", "needs", "takes too"], rows)}`;
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
