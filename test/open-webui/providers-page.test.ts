/** The table of the documentation, from the table that a real Open WebUI and a real Uptime Kuma hold. */
import { expect, it } from "vitest";
import { brokenModes, healthyModes, watched, type ProviderMode } from "./providers/modes.ts";

const kinds = { openai: "OpenAI-like", ollama: "Ollama" } as const;
/** The monitors of the preset, as columns. */
const columns = {
  "health, ready, volume": /^(?:health|ready|volume)$/u,
  model: /^model\./u,
  provider: /^provider\./u,
  completion: /^completion\./u,
} as const;

interface Group {
  /** By kind of provider, the ways to break it. */
  readonly ways: Map<string, string[]>;
  readonly verdicts: readonly string[];
}

/** Modes that are seen by the same monitors, in the order of the table. */
function groups(): readonly Group[] {
  const found = new Map<string, Group>();
  for (const mode of [...brokenModes, ...healthyModes.filter(({ conditions }) => Object.keys(conditions).length > 0)]) {
    const verdicts = Object.values(columns).map((column) =>
      mode.down.some((key) => column.test(key)) ? "**down**" : "up",
    );
    const [kind, part, way] = partsOf(mode);
    const id = JSON.stringify([part, verdicts]);
    const group = found.get(id) ?? { ways: new Map<string, string[]>(), verdicts };
    found.set(id, group);
    const title = part === "" ? kind : `${kind}, ${part}`;
    group.ways.set(title, [...(group.ways.get(title) ?? []), way]);
  }
  return [...found.values()];
}

function partsOf({ name }: ProviderMode): readonly [kind: string, part: string, way: string] {
  const [first = "", ...words] = name.split(" ");
  if (first !== "openai" && first !== "ollama") return [name, "", ""];
  const hasPart = words[0] === "list" || words[0] === "completion";
  return [kinds[first], hasPart ? (words[0] ?? "") : "", (hasPart ? words.slice(1) : words).join(" ")];
}

it("is on its page", async () => {
  const rows = groups().map(({ ways, verdicts }) => {
    const cells = [...ways].map(([title, names]) => (names.join("") === "" ? title : `${title}: ${names.join(", ")}`));
    return `| ${cells.join("<br>")} | ${verdicts.join(" | ")} |`;
  });
  const page = `# Which monitor sees a broken provider

Look up here which monitors of the [\`openWebUI\` block](monitoring-open-webui.md) go down when a provider behind Open WebUI breaks, in
${brokenModes.length} ways. \`npm run test:open-webui\` breaks two providers of a real Open WebUI 0.12.4 in each of these ways, and compares this table with
what a real Uptime Kuma and \`kuma-sync test --probe\` show for the ${watched.length} monitors. Each row is about the monitors of the broken provider's model; those of
the other provider's model stay up.

| provider, and how it is broken | ${Object.keys(columns).join(" | ")} |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

- No way to break a provider is seen by \`/health\`, \`/ready\` or \`/api/config\`.
- A failing list also stops completions: Open WebUI refuses a model that it did not find when it last asked.
- With both providers gone, the model monitors stay up: \`/api/models\` repeats the last good list.
- A connection with model ids written into it is never asked for its list. Only the completion sees that such a provider is dead.
- Only the completion sees a provider that lists its models and gives no answers.
`;
  await expect(page).toMatchFileSnapshot("../../docs/open-webui/broken-providers.md");
});
