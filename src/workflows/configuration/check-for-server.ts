import type { Config } from "../../config/config.ts";
import { toDesired } from "../../config/desired.ts";
import type { Desired } from "../../model/entity.ts";
import { hasErrors, type Finding } from "../../model/finding.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { findingsOnServer } from "./vulnerable-jsonata.ts";

export interface CheckedConfiguration {
  /** Undefined when there are errors. */
  readonly desired: Desired | undefined;
  /** All of them, those of the loading included. */
  readonly findings: readonly Finding[];
}

/** What is left to find once the server's version is known. The configuration must be free of errors so far. */
export function checkForServer(config: Config, server: ServerInfo): CheckedConfiguration {
  const { desired, findings } = toDesired(config, server);
  const isSaidAgain = ({ code }: Finding): boolean =>
    code === "KS1628" && findings.some((finding) => finding.code === code);
  const before = findingsOnServer(config.findings, server.version).filter((finding) => !isSaidAgain(finding));
  const all = [...before, ...findings];
  return { desired: hasErrors(all) ? undefined : desired, findings: all };
}
