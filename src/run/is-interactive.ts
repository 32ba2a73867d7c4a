import type { Context } from "./context.ts";
import type { Run } from "./run.ts";

/** Whether prompts are possible. `input` is false with --no-input. */
export function isInteractive({
  context,
  flags,
}: Pick<Run<{ readonly input: boolean }>, "context" | "flags">): boolean {
  return flags.input && context.stdin.isTty && context.stderr.isTty && !isCi(context);
}

function isCi({ env }: Context): boolean {
  const ci = env["CI"] ?? "";
  return ci !== "" && ci !== "0" && ci !== "false";
}
