/** What a configuration says about its own findings, and what becomes of them. */
import type { Finding } from "../../model/finding.ts";
import type { FindingCode } from "../../model/finding-codes.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import type { FindingLevel } from "../sections/findings-schema.ts";
import type { IgnoreComment } from "./ignore-comments.ts";

export interface Silencing {
  readonly comments: readonly IgnoreComment[];
  /** `policy.findings`. */
  readonly levels: ReadonlyMap<FindingCode, { readonly level: FindingLevel; readonly at: SourceSpan }>;
}

export const noSilencing: Silencing = { comments: [], levels: new Map() };

const severities = { note: "info", warning: "warning", error: "error" } as const;

/**
 * The same findings, each with the severity that the policy gives it, and those that are silenced marked as such; a comment
 * counts before the policy. An error decides whether the configuration can be applied: it stays as it is, and whoever tried to
 * silence or lower it gets a finding (KS1902). For findings that were not given to it before.
 */
export function silenced(findings: readonly Finding[], silencing: Silencing): readonly Finding[] {
  if (silencing.comments.length === 0 && silencing.levels.size === 0) return findings;
  const commentOn = commentFinder(silencing.comments);
  const refused = new Map<SourceSpan, Finding>();
  const judged = findings.map((finding): Finding => {
    const comment = commentOn(finding);
    const policy = silencing.levels.get(finding.code);
    if (finding.severity === "error") {
      if (comment !== undefined) refused.set(comment.at, refusal(finding, comment.at, "silenced"));
      if (policy !== undefined && policy.level !== "error") {
        refused.set(policy.at, refusal(finding, policy.at, policy.level === "off" ? "silenced" : "lowered"));
      }
      return finding;
    }
    if (comment !== undefined)
      return { ...finding, suppressed: { by: "comment", reason: comment.reason, at: comment.at } };
    if (policy === undefined) return finding;
    if (policy.level === "off") return { ...finding, suppressed: { by: "policy", at: policy.at } };
    return { ...finding, severity: severities[policy.level] };
  });
  return [...judged, ...refused.values()];
}

function placeOf(code: string, file: string, line: number): string {
  return `${code} ${line} ${file}`;
}

/** Finds the comment that stands where a finding does. */
export function commentFinder(
  comments: readonly IgnoreComment[],
): (finding: Pick<Finding, "code" | "at">) => IgnoreComment | undefined {
  const byPlace = new Map<string, IgnoreComment>();
  for (const comment of comments) {
    const [first, last] = comment.lines;
    for (let line = first; line <= last; line += 1) byPlace.set(placeOf(comment.code, comment.at.file, line), comment);
  }
  return ({ code, at }) => (at === undefined ? undefined : byPlace.get(placeOf(code, at.file, at.line)));
}

function refusal({ code, at }: Finding, place: SourceSpan, how: "silenced" | "lowered"): Finding {
  return {
    code: "KS1902",
    severity: "warning",
    message: `${code} is an error here, and errors cannot be ${how}`,
    at: place,
    hint: "mend what it reports",
    why: "an error decides whether the configuration can be applied",
    ...(at === undefined ? {} : { related: { message: "the error", at } }),
  };
}
