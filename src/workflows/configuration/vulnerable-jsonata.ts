/** One note about servers whose JSONata can be made to run code, in every format. */
import { audible, type Finding } from "../../model/finding.ts";
import { firstSafeRelease, isVulnerableServer } from "../../query/vulnerable-engine.ts";
import { serverRules } from "../../query/server-rules.ts";
import { findingNoteText } from "../../output/human/note.ts";
import type { Run } from "../../run/run.ts";

/** At most one finding, of severity `info`. `version` is the server's. */
export function vulnerableJsonata(version: string): readonly Finding[] {
  if (!isVulnerableServer(version)) return [];
  const { lockedEngine } = serverRules(version);
  return [
    {
      code: "KS1532",
      severity: "info",
      message: `Uptime Kuma ${version} evaluates JSON queries with jsonata ${lockedEngine}, which has a published code-execution vulnerability (CVE-2026-77415 and related)`,
      hint: `update the server to ${firstSafeRelease} or newer; until then apply only queries whose author you trust`,
    },
  ];
}

/** Prints the note; documents contain the finding itself. */
export function noteVulnerableJsonata({ terminal }: Run, findings: readonly Finding[]): void {
  if (!terminal.isJson) for (const finding of audible(findings)) terminal.note(findingNoteText(finding));
}

/**
 * The findings that apply to every server. KS1531 is an error for old servers and a warning for new ones, and KS1526 is
 * about old ones only.
 */
export function withoutServerDependent(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ code }) => code !== "KS1531");
}

const isMilder = ({ code }: Finding): boolean => code === "KS1531";

/** The findings with their severity on a server of this version. */
export function findingsOnServer(findings: readonly Finding[], version: string): readonly Finding[] {
  if (isVulnerableServer(version)) return findings;
  const places = new Set(findings.filter(isMilder).map(({ at }) => at));
  return findings.flatMap((finding) => {
    if (finding.code === "KS1526") return [];
    if (isMilder(finding)) return [{ ...finding, severity: "warning" } as const];
    // That it could not be silenced does not hold any more.
    return finding.code === "KS1902" && places.has(finding.related?.at) ? [] : [finding];
  });
}
