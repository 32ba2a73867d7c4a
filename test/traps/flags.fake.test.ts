/**
 * Trap 3: a flag that is declared and wired to nothing. Commands get their flags as an object that notes what is read
 * of it, so a flag counts only when the command's own code asks for its value.
 */
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import { declareWholeProgram } from "../cli/whole-program.ts";
import { createFakeContext } from "../commands/fake-context.ts";
import { configOf, openWorkspace } from "../commands/workspace.ts";

class SpreadError extends Error {}

/** A port that fetch refuses without a try. */
const nowhere = "http://127.0.0.1:1";

const notification = 'notifications: { oncall: { type: slack, slackwebhookURL: "https://hooks.example/x" } }\n';

interface Run {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether somebody may be asked counts only when there is something to ask for. */
const withoutPassword: Run = { args: [], env: { KUMA_SYNC_PASSWORD: "" } };

/** Enough runs of each command to come past every flag. */
const runs: Readonly<Record<string, readonly Run[]>> = {
  validate: [{ args: [] }],
  render: [{ args: [] }],
  query: [{ args: ["status"] }],
  test: [{ args: [] }],
  drill: [{ args: ["api", "--on-server", "--listen", "127.0.0.1:0"] }, withoutPassword],
  schema: [{ args: ["plan"] }],
  explain: [{ args: [] }],
  plan: [{ args: [] }, withoutPassword],
  apply: [{ args: ["--auto-approve"] }, withoutPassword],
  show: [{ args: ["plan.json"] }],
  destroy: [{ args: [] }, withoutPassword],
  import: [{ args: [] }, withoutPassword],
  snapshot: [{ args: [] }, withoutPassword],
  status: [{ args: [] }, withoutPassword],
  silence: [{ args: ["api", "--for", "1m"] }, { args: ["--list"] }, withoutPassword],
  "push-url": [{ args: [] }, withoutPassword],
  "notifications test": [{ args: ["oncall"] }, withoutPassword],
  bootstrap: [
    { args: ["--apply", "--auto-approve"] },
    { args: ["--database", "mariadb"] },
    withoutPassword,
    { args: ["--open-webui", nowhere, "--key-file", "owui.key"], env: { OPEN_WEBUI_ADMIN_TOKEN: "t" } },
  ],
  init: [{ args: ["--open-webui", nowhere, "--out", "new.yaml"] }, { args: ["--out", "new.yaml"] }],
  doctor: [{ args: ["--open-webui", nowhere] }, { args: [] }],
  // Interrupted before it starts.
  sandbox: [{ args: ["--via", "npm"] }],
  version: [{ args: [] }],
  // Without flags; what they print goes to the process itself.
  completion: [],
  complete: [],
};

/** Those that do something, by all their words. */
function commandsOf(parent: Command, words: readonly string[] = []): ReadonlyMap<string, Command> {
  const entries = parent.commands.flatMap((command) => {
    const own = [...words, command.name()];
    return command.commands.length > 0 ? [...commandsOf(command, own)] : [[own.join(" "), command] as const];
  });
  return new Map(entries);
}

describe("every flag that is declared is read", () => {
  it("of every command", async () => {
    const program = await declareWholeProgram(createFakeContext().context);
    expect([...commandsOf(program).keys()].toSorted()).toEqual(Object.keys(runs).toSorted());
  });

  it.each(Object.entries(runs))("of %s", async (name, commandRuns) => {
    const { env, folder: cwd, run } = await openWorkspace(configOf({ api: 60 }, notification));
    await run(["plan", "--out", "plan.json"]);
    const read = new Set<string>();
    let declared: readonly string[] = [];
    for (const { args, env: own } of commandRuns) {
      const { context, interrupt } = createFakeContext({ env: { ...env, ...own }, cwd });
      if (name === "sandbox") interrupt("SIGINT");
      const program = await declareWholeProgram(context, async (definition, flags) => {
        await runCommand(definition, flags, context);
      });
      const command = commandsOf(program).get(name) as Command;
      declared = command.options.map((option) => option.attributeName());
      const opts = command.opts.bind(command);
      command.opts = () =>
        new Proxy(opts(), {
          get: (target, property) => {
            read.add(String(property));
            return Reflect.get(target, property) as unknown;
          },
          ownKeys: () => {
            throw new SpreadError("flags must be read one by one, or this test cannot see which");
          },
        });
      // How the run ends is the concern of other tests.
      await program.parseAsync([...name.split(" "), ...args], { from: "user" }).catch((error: unknown) => {
        if (error instanceof SpreadError) throw error;
      });
    }
    expect(declared.filter((flag) => !read.has(flag))).toEqual([]);
  });
});
