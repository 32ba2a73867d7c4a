/** What is said of a server whose JSONata has published holes: once, as a note, in every format. */
import type { Finding } from "../../model/finding.ts";
import { firstWithoutHole, runsKnownHole } from "../../query/known-hole.ts";
import { serverRules } from "../../query/server-rules.ts";
import type { Terminal } from "../../run/terminal.ts";

/** At most one, of severity `info`. `version` is what the server says of itself. */
export function knownHoleOf(version: string): readonly Finding[] {
  if (!runsKnownHole(version)) return [];
  const { lockedEngine } = serverRules(version);
  return [
    {
      code: "KS1532",
      severity: "info",
      message: `Uptime Kuma ${version} evaluates JSON queries with jsonata ${lockedEngine}, which has a published code-execution hole (CVE-2026-77415 and related)`,
      hint: `update the server to ${firstWithoutHole} or newer; until then apply only queries whose author you trust`,
    },
  ];
}

/** For people; documents carry the finding itself. */
export function noteKnownHole(found: readonly Finding[], terminal: Terminal): void {
  for (const { message, hint } of found)
    if (!terminal.isJson) terminal.note(`note: ${message} [KS1532]: ${hint ?? ""}\n`);
}

/** The findings that hold whatever the server is: an old one makes an error of KS1531, a new one a warning. */
export function withoutServerDependent(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ code }) => code !== "KS1531");
}

/** The same findings as they are on a server of this version. */
export function onServer(findings: readonly Finding[], version: string): readonly Finding[] {
  if (runsKnownHole(version)) return findings;
  return findings.map((finding) => (finding.code === "KS1531" ? { ...finding, severity: "warning" } : finding));
}
