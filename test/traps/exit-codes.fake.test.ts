/**
 * The traps that other tools of this kind fell into, those about how a run ends: a script must be able to believe the
 * exit code and what stands on stdout. Each is tried through the whole program; the others stand beside this file.
 */
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { declareWholeProgram } from "../cli/whole-program.ts";
import { readDocument } from "../commands/documents.ts";
import { exitCodeOf } from "../../src/model/exit-code.ts";
import { createFakeContext, runMain, type Ended } from "../commands/fake-context.ts";
import { configOf, openWorkspace, type Workspace } from "../commands/workspace.ts";

const formats = ["human", "json", "markdown", "github"] as const;
const approved = ["apply", "--auto-approve"];
const notification = 'notifications: { oncall: { type: webhook, webhookURL: "http://127.0.0.1:1/x" } }\n';
/** A port that fetch refuses without a try. */
const nowhere = "http://127.0.0.1:1";

/** What stands on stdout, and in JSON format only what is valid by its schema. */
function wordsOf(ended: Ended, format: (typeof formats)[number]): string {
  return format === "json" ? JSON.stringify(readDocument(ended)) : ended.stdout;
}

/** Each makes one write fail, and gives the arguments of the run that meets it. */
const failingWrites: Readonly<Record<string, (workspace: Workspace) => Promise<readonly string[]>>> = {
  apply: async ({ kuma }) => {
    kuma.faults.refuse("add", 1);
    return approved;
  },
  "apply of a saved plan": async ({ run, kuma }) => {
    await run(["plan", "--out", "plan.json"]);
    kuma.faults.disconnectBefore("add", 2);
    return ["apply", "plan.json"];
  },
  destroy: async ({ run, kuma }) => {
    await run(approved);
    kuma.faults.refuse("deleteMonitor", 1);
    return ["destroy", "--confirm", `shop@${new URL(kuma.url).host}`];
  },
  "bootstrap --apply": async ({ kuma }) => {
    kuma.faults.refuse("add", 1);
    return ["bootstrap", "--apply", "--auto-approve"];
  },
};

describe("a failing write fails the run", () => {
  const cases = Object.keys(failingWrites).flatMap((name) =>
    (name.startsWith("bootstrap") ? (["human", "json"] as const) : formats).map((format) => [name, format] as const),
  );
  it.each(cases)("of %s, in %s format", async (name, format) => {
    const workspace = await openWorkspace(configOf({ api: 60, web: 60 }));
    const args = (await failingWrites[name]?.(workspace)) ?? [];
    const ended = await workspace.run([...args, "--format", format]);
    expect(ended.code).toBe(4);
    expect(wordsOf(ended, format)).toMatch(/"ok":false|Not complete|not complete|failed/u);
  });
});

describe("the document is there when the exit code says something", () => {
  it.each(formats)("plan --detailed-exitcode --format %s", async (format) => {
    // With a check that may take as long as the interval: annotations are about findings.
    const { run } = await openWorkspace(configOf({ api: 60 }).replace("timeout: 10", "timeout: 60"));
    const ended = await run(["plan", "--detailed-exitcode", "--format", format]);
    expect(ended.code).toBe(2);
    expect(wordsOf(ended, format)).toMatch(/"ok":true.*"create":1|1 to create|^::warning /u);
  });
});

/** Arguments that bring each command to an end of its own; a real sandbox has a suite of its own. */
const everyCommand: Readonly<Record<string, readonly string[]>> = {
  validate: [],
  query: ["status", "--body", "monitors.yaml"],
  test: [],
  drill: ["api", "--on-server", "--listen", "127.0.0.1:0"],
  explain: [],
  plan: [],
  apply: ["--auto-approve"],
  show: ["plan.json"],
  destroy: [],
  import: [],
  snapshot: [],
  status: [],
  silence: ["--list"],
  "notifications test": ["oncall"],
  bootstrap: [],
  init: ["--model", "gpt-4o", "--out", "new.yaml"],
  doctor: ["--open-webui", nowhere],
  sandbox: ["--via", "npm"],
  version: [],
};

describe("stdout carries one document and nothing else", () => {
  it("of every command that has a format", async () => {
    const program = await declareWholeProgram(createFakeContext().context);
    const withFormat = program.commands
      .flatMap((command) =>
        command.commands.length === 0
          ? [{ name: command.name(), options: command.options }]
          : command.commands.map((inner) => ({ name: `${command.name()} ${inner.name()}`, options: inner.options })),
      )
      // What render prints is a configuration in either format, not a document about one.
      .filter(({ options }) =>
        options.some(({ long, argChoices }) => long === "--format" && argChoices?.includes("human")),
      );
    expect(withFormat.map(({ name }) => name).toSorted()).toEqual(Object.keys(everyCommand).toSorted());
  });

  it.each(Object.entries(everyCommand))(
    "%s: at its end, with wrong arguments, and after Ctrl-C",
    async (name, args) => {
      const { run, env, folder: cwd } = await openWorkspace(configOf({ api: 30 }, notification));
      await run(["plan", "--out", "plan.json"]);
      const full = [...name.split(" "), ...args, "--format", "json"];
      if (name !== "sandbox") readDocument(await run([...full, "-v"]));
      const wrong = await run([...full, "--nonsense"]);
      expect(wrong.code).toBe(64);
      expect(readDocument(wrong)).toMatchObject({ type: "kuma-sync.error", error: { kind: "usage" } });
      const { context, written, interrupt } = createFakeContext({ env, cwd });
      interrupt("SIGINT");
      const code = exitCodeOf(await main(full, context));
      readDocument({ code, ...written, questions: [] });
    },
  );

  it("nor does a warning, a note or a colour get there", async () => {
    const yaml = `${configOf({ api: 60 })}  web: { type: http, url: "https://w.example", interval: 30, timeout: 40 }\n`;
    const { run } = await openWorkspace(yaml);
    const ended = await run(["plan", "--format", "json", "--color", "always", "--out", "p.json"], {
      env: { FORCE_COLOR: "1", NO_COLOR: "" },
      isStdoutTty: true,
    });
    expect(ended.stdout).not.toContain("\u001B");
    expect(readDocument(ended)).toMatchObject({
      findings: [{ code: "KS1616" }, { code: "KS1404" }, { code: "KS1532" }],
    });
  });

  it("when it comes while the server is waited for", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.faults.stallPhase("login");
    const ended = await run(["plan", "--format", "json", "-v"], {
      onStderr: (text, interrupt) => {
        if (text.includes("logging in")) setImmediate(interrupt, "SIGINT");
      },
    });
    expect(ended.code).toBe(130);
    expect(readDocument(ended)).toMatchObject({ type: "kuma-sync.error", error: { kind: "interrupted" } });
  });
});

describe("who cannot log in has failed", () => {
  const commands = [
    "plan",
    "apply --auto-approve",
    "destroy",
    "import",
    "snapshot",
    "status",
    "notifications test oncall",
  ];
  it.each(commands.flatMap((command) => (["human", "json"] as const).map((format) => [command, format] as const)))(
    "%s, in %s format",
    async (command, format) => {
      const { run } = await openWorkspace(configOf({ api: 60 }, notification));
      const env = { KUMA_SYNC_PASSWORD: "wrong" };
      const ended = await run([...command.split(" "), "--format", format], { env });
      expect(ended.code).toBe(7);
      expect(format === "json" ? wordsOf(ended, format) : ended.stderr).toMatch(/wrong-password|password/u);
    },
  );
});

describe("nothing selected is nothing proved", () => {
  it.each([
    [["validate", "-f", "*.nothing"], 3],
    [["plan", "-f", "nowhere"], 3],
    [["test", "-f", "*.nothing"], 3],
    [["plan", "--select", "nothing"], 64],
    [["apply", "--auto-approve", "--exclude", "monitor/*"], 64],
    [["import", "--select", "nothing"], 64],
  ])("%j", async (args, exit) => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(args)).code).toBe(exit);
    expect(kuma.faults.writeCount).toBe(0);
  });

  it("an empty configuration has to be meant", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(approved);
    write(configOf({}));
    expect((await run([...approved, "--allow-deletes", "1"])).code).toBe(5);
    expect(kuma.monitors.size).toBe(1);
    expect((await run([...approved, "--allow-deletes", "1", "--allow-empty"])).code).toBe(0);
  });
});

/** How to come by each exit code; the table of all outcomes is in test/model/exit-code.test.ts. */
const endings: readonly (readonly [code: number, end: (workspace: Workspace) => Promise<Ended>])[] = [
  [0, ({ run }) => run(["plan"])],
  [1, ({ run }) => run(["plan", "--out", "monitors.yaml/plan.json"])],
  [2, ({ run }) => run(["plan", "--detailed-exitcode"])],
  [3, ({ run }) => run(["plan", "--var", "x=1", "-f", "nothing.yaml"])],
  [4, ({ run, kuma }) => (kuma.faults.refuse("add", 1), run(approved))],
  [5, ({ run }) => run(["apply"])],
  [
    6,
    async ({ run, write }) => {
      await run(["plan", "--out", "plan.json"]);
      write(configOf({ api: 90 }));
      return run(["apply", "plan.json"]);
    },
  ],
  [7, ({ run }) => run(["plan"], { env: { KUMA_SYNC_URL: nowhere } })],
  [64, ({ run }) => run(["plan", "--nonsense"])],
];

describe("differences, refusals and failures have codes of their own", () => {
  it.each(endings)("%i", async (code, end) => {
    expect((await end(await openWorkspace(configOf({ api: 60 })))).code).toBe(code);
  });

  it("8 for a server that is too old", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }), { version: "1.23.17", statedVersion: "1.18.0" });
    expect((await run(["plan"])).code).toBe(8);
  });

  it("9 for a monitor that is down", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }), { verdict: () => ({ status: 0, msg: "ECONNREFUSED" }) });
    expect((await run([...approved, "--wait", "200ms"])).code).toBe(9);
    expect((await run(["status"])).code).toBe(9);
  });
});

describe("the exit code and the words agree", () => {
  it("2 exactly when there are changes", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const before = await run(["plan", "--detailed-exitcode"]);
    expect([before.code, before.stdout.includes("No changes.")]).toEqual([2, false]);
    await run(approved);
    const after = await run(["diff", "--detailed-exitcode"]);
    expect([after.code, after.stdout.includes("No changes.")]).toEqual([0, true]);
  });
});

describe("nothing is promised in the server's name", () => {
  it("there is no dry run, and no word that the server has checked anything", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const words = /dry.?run|server.?side|validated by/iu;
    const helps = await Promise.all(["plan", "apply", "validate"].map((name) => runMain([name, "--help"])));
    for (const { stdout } of [...helps, await run(["plan"]), await run(["validate"])])
      expect(stdout).not.toMatch(words);
    expect((await run(["apply", "--dry-run"])).code).toBe(64);
  });
});
