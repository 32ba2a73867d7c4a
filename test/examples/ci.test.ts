/** The recipes for CI systems: their YAML parses, and every call of kuma-sync in them is one that the program takes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Json } from "../../src/model/json.ts";
import { declareWholeProgram } from "../cli/whole-program.ts";
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
    // As the shell would.
    words.replaceAll('"$ALLOW_DELETES"', "2").split(" "),
  );
  const container = [...text.matchAll(/args: \[(.+)\]/gu)].map(([, words = ""]) => words.split(", "));
  return [...scripts, ...container];
}

const program = await declareWholeProgram(createFakeContext().context);

/** Throws what the program would say of the arguments; runs nothing. */
function parseOnly(args: readonly string[]): void {
  const command = program.commands.find((known) => known.name() === args[0]);
  if (command === undefined) throw new Error(`no command ${args[0]}`);
  const { unknown } = command.exitOverride().parseOptions(args.slice(1));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(" ")}`);
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly if?: string; readonly steps: readonly { readonly with?: Readonly<Record<string, string>> }[] }
    >
  >;
}

function readWorkflow(name: string): Workflow {
  return parse(readFileSync(join(folder, "github", name), "utf8")) as Workflow;
}

/** Paths to every text that takes a secret. */
function secretPlaces(value: Json, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === "string") return value.includes("secrets.") ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => secretPlaces(member, [...path, name]));
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

  test("only steps have secrets, and only those that need the login", () => {
    const withSecrets = recipes.flatMap((file) => secretPlaces(parse(readFileSync(file, "utf8")) as Json, []));
    expect(withSecrets.length).toBeGreaterThan(5);
    // jobs, its name, steps, the number, env, the name of the variable
    for (const path of withSecrets) expect([path[0], path[2], path[4]]).toEqual(["jobs", "steps", "env"]);
  });

  test("nothing is installed with scripts", () => {
    const all = [...files, join(root, "action.yml"), join(root, "action", "build.mjs")].map((file) =>
      readFileSync(file, "utf8"),
    );
    const installs = all
      .flatMap((text) => text.split("\n"))
      .filter((line) => /npm (?:ci|install|i)\b|"ci"/u.test(line));
    expect(installs.length).toBeGreaterThan(1);
    for (const line of installs) expect(line).toContain("--ignore-scripts");
  });

  test("actions are pinned to a commit, images to a version, and checkouts keep no token", () => {
    for (const file of [...recipes, join(root, "action.yml")]) {
      const text = readFileSync(file, "utf8");
      const uses = [...text.matchAll(/uses: (\S+)/gu)].map(([, name = ""]) => name);
      expect([file, uses.filter((name) => !/^[\w./-]+@[0-9a-f]{40}$/u.test(name))]).toEqual([file, []]);
      const images = [...text.matchAll(/image: .*?kuma-sync(:[\w.]*)?/gu)].map(([, tag = ""]) => tag);
      expect([file, images.filter((tag) => !/^:\d+\.\d+\.\d+$/u.test(tag))]).toEqual([file, []]);
      const checkouts = text.split("actions/checkout@").length - 1;
      expect([file, text.split("persist-credentials: false").length - 1]).toEqual([file, checkouts]);
    }
  });

  test("a fork is planned without secrets, and only a saved plan is applied", () => {
    const { check, plan, "plan-without-secrets": fork } = readWorkflow("pull-request.yml").jobs;
    expect(JSON.stringify([check, fork])).not.toContain("secrets.");
    expect(fork?.if).toContain("head.repo.full_name != github.repository");
    expect(plan?.if).toContain("head.repo.full_name == github.repository");
    expect(fork?.steps.map((step) => step.with?.["against"])).toContain("snapshot.json");
    const applied = Object.values(readWorkflow("apply.yml").jobs)
      .flatMap((job) => job.steps)
      .filter((step) => step.with?.["command"] === "apply");
    expect(applied.map((step) => step.with?.["plan-file"])).toEqual(["plan.json"]);
  });

  test("what the container file copies is there", () => {
    const text = readFileSync(join(folder, "Containerfile"), "utf8");
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(([, names = ""]) => names.split(" "));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });
});
