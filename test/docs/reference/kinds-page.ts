import type { Kind, KindRegistry } from "../../../src/kinds/kind.ts";
import { strategies } from "../../../src/kinds/maintenance/maintenance-fields.ts";
import { kindIdentity, type KindName } from "../../../src/model/entity.ts";
import { anchor, cell, page, table } from "./markdown.ts";
import { range } from "./schema-words.ts";
import { generated, legend, variantSection } from "./variant-section.ts";

const elsewhere: Readonly<Partial<Record<KindName, string>>> = {
  monitor: "monitor-types.md",
  notification: "notifications.md",
};

const identities = {
  marker: "A mark on the object itself, which an edit in Uptime Kuma keeps.",
  ledger:
    "Its id in the project's ledger, which lies among the server's settings: the object has no place for a mark. Until it is there, and should the ledger get lost, what it is known by on the server.",
  shared: "Its name. It is everybody's: created and changed, never deleted.",
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
  settings: "there is one set of them",
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
    "What Uptime Kuma keeps, and the section of the configuration that holds it. A kind refers only to kinds above it, or to itself; they are created in this order and deleted in the reverse.",
    table(["kind", "section", "since", "identity", "known on the server by"], rows),
    [
      "How an object on the server is known to be ours:",
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
