/** `docs/services/TYPE.md`: the block of a service, its monitors, and what each of them cannot see. */
import type { ClaimedState, ServiceClaims } from "../../../src/services/claims.ts";
import { expandBlock } from "../../../src/services/blocks/expand-block.ts";
import { loadService, serviceTitle, type ServiceType } from "../../../src/services/services.ts";
import { cell, code, page, table, yamlBlock } from "../reference/markdown.ts";

export async function servicePage(type: ServiceType): Promise<string> {
  const title = serviceTitle(type);
  const service = await loadService(type);
  const { claims, block } = service;
  const { type: _type, ...written } = block.example;
  const { monitors } = expandBlock(service, "main", written);
  return page(
    `# ${title}`,
    "Generated from `src/services/`; do not edit it.",
    `After reading this page you know which monitors a block of \`type: ${type}\` stands for, and what each of them cannot see. What is said here was tried: ${claims.ran} was run, healthy and broken on purpose, and the verdicts are those of Uptime Kuma 2.5.3.`,
    yamlBlock({ services: { main: block.example } }),
    `This block is ${Object.keys(monitors).length} monitors, the group among them: ${Object.keys(monitors).map(code).join(", ")}. All keys of a block: [reference](../reference/configuration.md#services).`,
    "## Its monitors",
    checkTable(claims),
    "## What each monitor cannot see",
    "In **bold**: the monitor stays up although something is wrong. `–` means that this was not tried.",
    blindTable(claims),
    claims.notes.length === 0 ? "" : "## What to know",
    ...claims.notes,
  );
}

function checkTable({ checks }: ServiceClaims): string {
  const rows = Object.entries(checks).map(([name, { level, asks, proves, cost }]) => [
    `\`${name}\``,
    String(level),
    cell(asks),
    cell(proves),
    cell(cost ?? ""),
  ]);
  return table(["monitor", "level", "what it asks", "what an up proves", "what it costs"], rows);
}

function blindTable({ checks, states }: ServiceClaims): string {
  const names = Object.keys(checks);
  const rows = states.map((state) => [cell(state.about), ...names.map((name) => verdictIn(state, name))]);
  return table(["state", ...names.map((name) => `\`${name}\``)], rows);
}

function verdictIn({ seenBy, isHealthy, untried = [] }: ClaimedState, check: string): string {
  if (untried.includes(check)) return "–";
  if (seenBy.includes(check)) return "down";
  return isHealthy === true ? "up" : "**up**";
}
