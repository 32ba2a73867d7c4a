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
  const refused = new Map<SourceSpan, Finding>();
  const judged = findings.map((finding): Finding => {
    const comment = silencing.comments.find((one) => isAbout(one, finding));
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

/** Whether the comment stands where the finding does. */
export function isAbout({ code, at, lines: [first, last] }: IgnoreComment, finding: Finding): boolean {
  const place = finding.at;
  return finding.code === code && place?.file === at.file && place.line >= first && place.line <= last;
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
