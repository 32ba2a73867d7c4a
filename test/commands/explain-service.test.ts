import { describe, expect, test } from "vitest";
import { serviceTypes } from "../../src/services/services.ts";
import { readDocument } from "./documents.ts";
import { runMain } from "./fake-context.ts";

describe("explain of services", () => {
  test.each(serviceTypes)("%s: its keys, its monitors and what they cannot see, within 80 columns", async (type) => {
    const { code, stdout } = await runMain(["explain", "service", type], { env: { COLUMNS: "80" } });
    expect(code).toBe(0);
    for (const heading of ["Keys", "Monitors", "What each monitor cannot see"])
      expect(stdout).toContain(`\n${heading}\n`);
    expect(stdout).toMatch(/Stays up: \w/u);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  test("a type that is no monitor type needs no word before it", async () => {
    const document = readDocument(await runMain(["explain", "ollama", "--format", "json"]));
    expect(document).toMatchObject({ topic: "service ollama", example: { services: { main: { type: "ollama" } } } });
  });

  test("all of them, and none that is not there", async () => {
    const { stdout } = await runMain(["explain", "services"]);
    for (const type of serviceTypes) expect(stdout).toContain(type);
    expect((await runMain(["explain", "service", "vllm"])).code).toBe(64);
  });
});
