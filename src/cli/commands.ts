/** The list of commands, in the order of the help. Each is one file in `src/commands/` and one line here. */
import type { CommandDefinition } from "../run/command.ts";

export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly alias?: string;
  /** Imports the command's file. A run imports only the command that it runs. */
  readonly load: () => Promise<CommandDefinition>;
}

export const commands: readonly ListedCommand[] = [
  {
    name: "validate",
    summary: "check the configuration, without a server",
    load: async () => (await import("../commands/validate.ts")).validateCommand,
  },
  {
    name: "render",
    summary: "print the configuration with everything filled in but secrets",
    load: async () => (await import("../commands/render.ts")).renderCommand,
  },
  {
    name: "query",
    summary: "try a JSONata expression on a response, by the server's rules",
    load: async () => (await import("../commands/query.ts")).queryCommand,
  },
  {
    name: "test",
    summary: "check that the monitors go red when they should; no server needed",
    load: async () => (await import("../commands/test.ts")).testCommand,
  },
  {
    name: "drill",
    summary: "break what copies of the monitors watch, and wait for the alarm",
    load: async () => (await import("../commands/drill.ts")).drillCommand,
  },
  {
    name: "schema",
    summary: "print a JSON Schema: of the configuration, or of a document of --format json",
    load: async () => (await import("../commands/schema.ts")).schemaCommand,
  },
  {
    name: "explain",
    summary: "explain a code such as KS1505, a monitor type, a provider or a field",
    load: async () => (await import("../commands/explain.ts")).explainCommand,
  },
  {
    name: "plan",
    alias: "diff",
    summary: "show what would change; writes nothing",
    load: async () => (await import("../commands/plan.ts")).planCommand,
  },
  {
    name: "apply",
    summary: "make the server match the configuration, and verify it",
    load: async () => (await import("../commands/apply.ts")).applyCommand,
  },
  {
    name: "show",
    summary: "show a saved plan again, in any format",
    load: async () => (await import("../commands/show.ts")).showCommand,
  },
  {
    name: "destroy",
    summary: "delete everything that the project owns on a server",
    load: async () => (await import("../commands/destroy.ts")).destroyCommand,
  },
  {
    name: "import",
    summary: "write YAML for what is on a server; planning it shows no changes",
    load: async () => (await import("../commands/import.ts")).importCommand,
  },
  {
    name: "snapshot",
    summary: "write what a server holds, without its secrets",
    load: async () => (await import("../commands/snapshot.ts")).snapshotCommand,
  },
  {
    name: "status",
    summary: "show the state of the managed monitors",
    load: async () => (await import("../commands/status.ts")).statusCommand,
  },
  {
    name: "silence",
    summary: "send no alarms of some monitors for a while, such as during a deploy",
    load: async () => (await import("../commands/silence.ts")).silenceCommand,
  },
  {
    name: "push-url",
    summary: "print the addresses that jobs call to report to push monitors",
    load: async () => (await import("../commands/push-url.ts")).pushUrlCommand,
  },
  {
    name: "notifications",
    summary: "try the notifications of the configuration",
    load: async () => (await import("../commands/notifications.ts")).notificationsCommand,
  },
  {
    name: "bootstrap",
    summary: "set up a new server: its database and its administrator",
    load: async () => (await import("../commands/bootstrap.ts")).bootstrapCommand,
  },
  {
    name: "init",
    summary: "write a first monitors.yaml for an Open WebUI, or for what answers at an address",
    load: async () => (await import("../commands/init.ts")).initCommand,
  },
  {
    name: "doctor",
    summary: "find out why monitors of a service fail",
    load: async () => (await import("../commands/doctor.ts")).doctorCommand,
  },
  {
    name: "sandbox",
    summary: "start a throwaway Uptime Kuma on this machine, until Ctrl-C",
    load: async () => (await import("../commands/sandbox.ts")).sandboxCommand,
  },
  {
    name: "version",
    summary: "print the version",
    load: async () => (await import("../commands/version.ts")).versionCommand,
  },
  {
    name: "completion",
    summary: "print the completion script of a shell",
    load: async () => (await import("../commands/completion.ts")).completionCommand,
  },
];
