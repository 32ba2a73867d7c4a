import type { Config } from "../../config/config.ts";
import { toDesired } from "../../config/desired.ts";
import { silenced } from "../../config/silencing/silencing.ts";
import type { Desired } from "../../model/entity.ts";
import { hasErrors, type Finding } from "../../model/finding.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { findingsOnServer } from "./vulnerable-jsonata.ts";

export interface CheckedConfiguration {
  /** Undefined if there are errors. */
  readonly desired: Desired | undefined;
  /** All findings, including those of loading. */
  readonly findings: readonly Finding[];
}

/** Checks what depends on the server's version. The configuration must have no other errors. */
export function checkForServer(config: Config, server: ServerInfo): CheckedConfiguration {
  const { desired, findings } = toDesired(config, server);
  const isSaidAgain = ({ code }: Finding): boolean =>
    code === "KS1628" && findings.some((finding) => finding.code === code);
  const before = findingsOnServer(config.findings, server.version).filter((finding) => !isSaidAgain(finding));
  const isNew = (finding: Finding): boolean => !config.findings.includes(finding);
  const later = silenced([...before.filter(isNew), ...findings], config.silencing);
  const all = [...before.filter((finding) => !isNew(finding)), ...later];
  return { desired: hasErrors(all) ? undefined : desired, findings: all };
}
