/**
 * Findings as SARIF 2.1.0, for code scanning. SARIF counts places as kuma-sync does: lines and columns start at 1,
 * columns are UTF-16 units, and the end is exclusive.
 */
import { createHash } from "node:crypto";
import { compareFindings, type Finding, type Fix, type Suppression } from "../model/finding.ts";
import { findingTitles, type FindingCode } from "../model/finding-codes.ts";
import type { SourceSpan } from "../model/source-span.ts";
import { inert, inertJson } from "./inert.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const;

/** `version` is kuma-sync's own. `failure` says why a run could not finish. */
export function renderSarif(findings: readonly Finding[], version: string, failure?: string): string {
  const sorted = findings.toSorted(compareFindings);
  const codes = [...new Set(sorted.map(({ code }) => code))].toSorted();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "kuma-sync", semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        invocations: [invocationOf(failure)],
        results: withFingerprints(sorted).map(({ finding, fingerprint }) => resultOf(finding, codes, fingerprint)),
      },
    ],
  };
  return `${inertJson(JSON.stringify(log, null, 2))}\n`;
}

function invocationOf(failure: string | undefined): object {
  if (failure === undefined) return { executionSuccessful: true };
  const notification = { level: "error", message: { text: messageText(failure) } };
  return { executionSuccessful: false, toolExecutionNotifications: [notification] };
}

function ruleOf(code: FindingCode): object {
  return {
    id: code,
    shortDescription: { text: findingTitles[code] },
    // Without `helpUri`, which must be absolute (SARIF §3.49.12); the page is part of the program.
    help: { text: `Run: kuma-sync explain ${code}` },
  };
}

function resultOf(finding: Finding, codes: readonly FindingCode[], fingerprint: string): object {
  const { code, severity, message, at, hint, why, related, fix, suppressed } = finding;
  const text = [
    message,
    ...(hint === undefined ? [] : [`Help: ${hint}`]),
    ...(why === undefined ? [] : [`Why: ${why}`]),
  ];
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: text.map(messageText).join("\n") },
    ...(at === undefined ? {} : { locations: [{ physicalLocation: physicalLocation(at) }] }),
    ...(related === undefined
      ? {}
      : {
          relatedLocations: [
            { id: 1, message: { text: messageText(related.message) }, physicalLocation: physicalLocation(related.at) },
          ],
        }),
    ...(suppressed === undefined ? {} : { suppressions: [suppressionOf(suppressed)] }),
    ...(fix === undefined ? {} : { fixes: [fixOf(fix)] }),
    partialFingerprints: { "kumaSync/v1": fingerprint },
  };
}

/** `inSource`: by a comment. `external`: by the policy of the project. */
function suppressionOf({ by, reason, at }: Suppression): object {
  return {
    kind: by === "comment" ? "inSource" : "external",
    status: "accepted",
    justification: reason === undefined ? "policy.findings" : messageText(reason),
    location: { physicalLocation: physicalLocation(at) },
  };
}

/** Edits by file, as SARIF groups them. The places are those before any edit. */
function fixOf({ title, edits }: Fix): object {
  const files = [...new Set(edits.map(({ at }) => at.file))];
  return {
    description: { text: messageText(title) },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: fileUri(file) },
      replacements: edits
        .filter(({ at }) => at.file === file)
        .map(({ at, text }) => ({ deletedRegion: regionOf(at), insertedContent: { text } })),
    })),
  };
}

function physicalLocation(at: SourceSpan): object {
  return { artifactLocation: { uri: fileUri(at.file) }, region: regionOf(at) };
}

function regionOf({ line, column, endLine, endColumn }: SourceSpan): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A relative path stays relative, so that it matches the repository wherever that is checked out. */
function fileUri(file: string): string {
  const path = Buffer.from(file.replaceAll("\\", "/")).toString();
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}

/** Escapes links and placeholders (SARIF §3.11.5, §3.11.6). Viewers show other escapes unchanged. */
function messageText(text: string): string {
  return inert(text)
    .replaceAll(/\[(?=[^\]]*\]\()/gu, String.raw`\[`)
    .replaceAll(/\{(\d+)\}/gu, "{{$1}}");
}

/**
 * Fingerprints that stay the same when lines move: made from the subject of the finding, not its line. Findings with
 * the same subject are numbered in order.
 */
function withFingerprints(
  findings: readonly Finding[],
): readonly { readonly finding: Finding; readonly fingerprint: string }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { code, at, entity = "", pointer = "", message } = finding;
    const text = JSON.stringify([code, at?.file ?? "", entity, pointer, message]);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { finding, fingerprint: `${createHash("sha256").update(text).digest("hex").slice(0, 32)}:${count}` };
  });
}
