/** What holds for the blocks of all services. */
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { serviceTypes, loadService, type ServiceType } from "../../src/services/services.ts";
import { expandBlock } from "../../src/services/blocks/expand-block.ts";
import { loadText } from "../config/load-text.ts";

/** What the page of a block says of its monitors, so that only those by hand are told. */
const saidByPage: Partial<Record<ServiceType, readonly string[]>> = { redis: ["KS1826"] };

describe.each(serviceTypes)("the block of %s", async (type) => {
  const { block } = await loadService(type);
  const { type: written, ...example } = block.example;
  const names = [...JSON.stringify(block.example).matchAll(/\$\{env:(\w+)\}/gu)].map(([, name = ""]) => name);
  const outside = { env: Object.fromEntries(names.map((name) => [name, "sk-Zq9vX3Zq9vX3"])) };

  it("is an example of its type, and nothing that it makes is doubtful", async () => {
    expect(written).toBe(type);
    const config = await loadText(stringify({ version: 1, project: "p", services: { main: block.example } }), outside);
    expect(config.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    const made = Object.keys(expandBlock({ block }, "main", example).monitors);
    expect(config.entities.map(({ key }) => key)).toEqual(made.map((key) => `monitor/${key}`));
  });

  it("says the same when its monitors are written by hand", async () => {
    const { monitors } = expandBlock({ block }, "main", example);
    const byHand = Object.fromEntries(Object.entries(monitors).map(([key, made]) => [key, made.written]));
    const text = stringify({ version: 1, project: "p", monitors: byHand }, { aliasDuplicateObjects: false });
    const { findings } = await loadText(text, outside);
    expect(findings.map(({ code }) => code)).toEqual(saidByPage[type] ?? []);
  });

  it("gives its common keys to the monitors, and tags to the group too", async () => {
    const common = { notifications: ["oncall"], tags: ["ai"], use: "patient", name: "Mine" };
    const { entities, findings } = await loadText(
      stringify({
        version: 1,
        project: "p",
        templates: { patient: { resendInterval: 7 } },
        tags: { ai: { name: "AI", color: "#ff0000" } },
        notifications: { oncall: { name: "On call", type: "webhook", webhookURL: "http://127.0.0.1:9/" } },
        services: { main: { ...block.example, ...common } },
      }),
      outside,
    );
    expect(findings).toEqual([]);
    const monitors = entities.filter(({ kind }) => kind === "monitor");
    const [group, ...others] = monitors;
    expect(group?.written).toMatchObject({ name: "Mine", tags: ["ai"] });
    expect(group?.written).not.toHaveProperty("notifications");
    expect(others.length).toBeGreaterThan(0);
    for (const { name, written: fields } of others) {
      expect(fields).toMatchObject({ notifications: ["oncall"], tags: ["ai"], resendInterval: 7 });
      expect(name).toMatch(/^Mine /u);
    }
  });
});
