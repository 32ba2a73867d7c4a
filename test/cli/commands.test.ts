import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";

describe("the list of commands", () => {
  it("has one line for each file in src/commands", () => {
    const files = readdirSync(new URL("../../src/commands/", import.meta.url));
    const list = readFileSync(new URL("../../src/cli/commands.ts", import.meta.url), "utf8");
    const imported = [...list.matchAll(/import\("\.\.\/commands\/([^"]+)"\)/gu)].map(([, file]) => file ?? "");
    expect(imported.toSorted()).toEqual(files.toSorted());
    expect(commands).toHaveLength(files.length);
  });

  it("names each command once, aliases included", () => {
    const names = commands.flatMap(({ name, alias }) => [name, ...(alias === undefined ? [] : [alias])]);
    expect(new Set(names).size).toBe(names.length);
  });
});
