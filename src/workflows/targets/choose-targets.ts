/** Chooses the servers of a configuration for a command. */
import type { TargetServer } from "../../config/sections/target-server.ts";
import { UsageError } from "../../model/errors.ts";
import { guessHint } from "../../model/guess.ts";
import type { TargetFlags } from "../../run/flags.ts";

/**
 * The names of the targets, without duplicates. Empty for a configuration without servers of its own, whose connection
 * comes only from flags and environment. Throws UsageError if the flags must choose one.
 */
export function chooseTargets(
  targets: ReadonlyMap<string, TargetServer>,
  { target: wanted = [], allTargets = false }: TargetFlags,
): readonly string[] {
  const names = [...targets.keys()];
  if (allTargets && wanted.length > 0) throw new UsageError("--target and --all-targets exclude each other");
  for (const name of wanted) {
    if (targets.has(name)) continue;
    const known = names.length === 0 ? "the configuration has no targets" : `known are ${names.join(", ")}`;
    throw new UsageError(`there is no target "${name}"`, guessHint(name, names).hint ?? known);
  }
  if (allTargets && names.length === 0) {
    throw new UsageError("--all-targets was given, and the configuration has no targets");
  }
  if (wanted.length > 0) return [...new Set(wanted)];
  if (allTargets || names.length === 1) return names;
  if (![...targets.values()].some(({ url }) => url !== undefined)) return [];
  throw new UsageError(
    `the configuration has ${names.length} targets, and none was chosen`,
    `give --target ${names.join(", --target ")} or --all-targets`,
  );
}

/** The same for a command that works on one server. Undefined if the configuration has no target. */
export function chooseTarget(targets: ReadonlyMap<string, TargetServer>, flags: TargetFlags): string | undefined {
  const [name, ...others] = chooseTargets(targets, flags);
  if (others.length > 0) throw new UsageError("this is for one target at a time", "give one --target");
  return name;
}
