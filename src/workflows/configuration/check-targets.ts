import type { Config } from "../../config/config.ts";
import type { OpenConfig } from "../../config/load.ts";
import { compareFindings, type Finding } from "../../model/finding.ts";
import type { SecretsFlag, TargetFlag } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { chooseTargets } from "../targets/choose-targets.ts";
import { resolveForTarget } from "./read-configuration.ts";

export interface CheckedTargets {
  /** For the first of the targets. */
  readonly config: Config;
  /** Of all targets; one that several of them have is listed once. Sorted by place. */
  readonly findings: readonly Finding[];
}

/** Without a server: the configuration for each target that the flags name, or for all that it has. */
export async function checkTargets(run: Run<SecretsFlag & TargetFlag>, opened: OpenConfig): Promise<CheckedTargets> {
  const { flags } = run;
  const secrets = flags.withSecrets === true ? "real" : "withheld";
  const names = flags.target === undefined ? [...opened.targets.keys()] : chooseTargets(opened.targets, flags);
  const config = await resolveForTarget(run, opened, { target: names[0], secrets });
  const found = new Map(config.findings.map((finding) => [JSON.stringify(finding), finding]));
  for (const name of names.slice(1)) {
    const { findings } = await resolveForTarget(run, opened, { target: name, secrets });
    for (const finding of findings) found.set(JSON.stringify(finding), finding);
  }
  return { config, findings: [...found.values()].toSorted(compareFindings) };
}
