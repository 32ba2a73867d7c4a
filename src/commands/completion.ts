/** `completion`: prints a script for the shell, which calls kuma-sync for every word (`src/cli/complete.ts`). */
import { script } from "@bomb.sh/tab";
import { Argument } from "commander";
import type { Outcome } from "../model/exit-code.ts";
import type { CommandDefinition } from "../run/command.ts";
import type { Run } from "../run/run.ts";

export const shells = ["bash", "zsh", "fish", "powershell"] as const;

interface CompletionFlags {
  readonly shell: (typeof shells)[number];
}

export const completionCommand: CommandDefinition<CompletionFlags> = {
  help: `
bash also needs the package bash-completion.

Examples:
  kuma-sync completion bash > /etc/bash_completion.d/kuma-sync
  source <(kuma-sync completion zsh)
  kuma-sync completion fish > ~/.config/fish/completions/kuma-sync.fish
  kuma-sync completion powershell >> $PROFILE
`,
  declare: (command) => command.addArgument(new Argument("<shell>", "which").choices(shells)),
  run: runCompletion,
};

const programName = "kuma-sync";

async function runCompletion({ context, flags }: Run<CompletionFlags>): Promise<Outcome> {
  const text = printedBy(() => script(flags.shell, programName, programName));
  // The library makes its bash variables read-only, which causes errors if the script is loaded twice or beside another
  // program's.
  context.stdout.write(text.replaceAll(/^readonly (?=\w+=)/gmu, ""));
  return { type: "done" };
}

/** The library only prints its scripts to the console. */
function printedBy(print: () => void): string {
  const own = globalThis.console;
  let printed = "";
  const log = (text: string): void => {
    printed += `${text}\n`;
  };
  globalThis.console = { ...own, log };
  try {
    print();
  } finally {
    globalThis.console = own;
  }
  return printed;
}
