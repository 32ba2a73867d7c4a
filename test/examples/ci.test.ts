/** The recipes for CI systems: their YAML parses, and every call of kuma-sync in them is one that the program takes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createProgram } from "../../src/commands/program.ts";
import { createFakeContext } from "../commands/fake-context.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "examples", "ci");
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const recipes = files.filter((file) => /\.ya?ml$/u.test(file));

/** Words after `kuma-sync` in scripts, and the arguments of the container in the CronJob. */
function callsIn(text: string): readonly (readonly string[])[] {
  const scripts = [...text.matchAll(/(?:- (?:run: )?|run: )kuma-sync (.+)$/gmu)].map(([, words = ""]) =>
    words.split(" "),
  );
  const container = [...text.matchAll(/args: \[(.+)\]/gu)].map(([, words = ""]) => words.split(", "));
  return [...scripts, ...container];
}

/** Throws what the program would say of the arguments; runs nothing. */
function parseOnly(args: readonly string[]): void {
  const program = createProgram(createFakeContext().context, () => undefined);
  const command = program.commands.find((known) => known.name() === args[0]);
  if (command === undefined) throw new Error(`no command ${args[0]}`);
  const { unknown } = command.exitOverride().parseOptions(args.slice(1));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(" ")}`);
}

describe("recipes for CI", () => {
  test.each(recipes)("%s is YAML", (file) => {
    expect(parse(readFileSync(file, "utf8"))).toEqual(expect.any(Object));
  });

  test("every call in them is one that the program takes", () => {
    const calls = recipes.flatMap((file) => callsIn(readFileSync(file, "utf8")));
    expect(calls.length).toBeGreaterThan(8);
    for (const call of calls) expect(() => parseOnly(call)).not.toThrow();
  });

  test("the action's inputs are those that the recipes give", () => {
    const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as { readonly inputs: object };
    const given = recipes
      .filter((file) => file.includes("github"))
      .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/with:\n((?: {10}[\w-]+: .*\n)+)/gu)])
      .filter(([text]) => text.includes("command:"))
      .flatMap(([, lines = ""]) => [...lines.matchAll(/^ +([\w-]+):/gmu)].map(([, name = ""]) => name));
    expect(given.length).toBeGreaterThan(3);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
  });

  test("what the container file copies is there", () => {
    const text = readFileSync(join(folder, "Containerfile"), "utf8");
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(([, names = ""]) => names.split(" "));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });
});
