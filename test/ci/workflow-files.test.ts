/** The workflows of this repository: they can run, and they may do no more than they need. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
  >;
}

const files = readdirSync(folder);

describe.each(files)("%s", (file) => {
  const workflow = parse(readFileSync(join(folder, file), "utf8")) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run }) => run ?? []).join("\n");

  test("runs scripts and files that exist", () => {
    const named = [...commands.matchAll(/npm run (?:--silent )?([\w:-]+)/gu)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    const paths = [...commands.matchAll(/\bnode ((?:scripts|dist)\/\S+)/gu)].map(([, path = ""]) => path);
    // dist/ is there once it is built.
    const missing = paths.filter(
      (path) => !(path.startsWith("dist/") ? named.includes("build") : existsSync(join(root, path))),
    );
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });

  test("pins each action to a commit, with its version beside it", () => {
    const text = readFileSync(join(folder, file), "utf8");
    const uses = [...text.matchAll(/uses: (.*)/gu)].map(([, action = ""]) => action);
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u.test(action))).toEqual([]);
    expect(uses.length).toBeGreaterThan(0);
  });

  test("may read; only a job that runs no code of a checkout may write", () => {
    expect(workflow.permissions).toBeDefined();
    expect(Object.values(workflow.permissions ?? {}).filter((right) => right !== "read")).toEqual([]);
    const writers = jobs.filter(({ permissions = {} }) => Object.values(permissions).includes("write"));
    const run = writers.flatMap((job) => job.steps.map((step) => step.run ?? step.uses ?? ""));
    expect(run.filter((text) => /\b(?:npm|npx|node)\b|actions\/checkout/u.test(text))).toEqual([]);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@") === true);
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  test("starts by the clock or by hand, never with a stranger's pull request", () => {
    expect(Object.keys(workflow.on).toSorted()).toEqual(["schedule", "workflow_dispatch"]);
  });

  test("inserts nothing that others write into a command", () => {
    expect(commands).not.toContain("${{");
  });
});
