/** Which findings a format shows, and how many there are. */
import { audible, compareFindings, type Finding, type Fix, type Suppression } from "../../model/finding.ts";
import { joinWords, plural } from "./counts.ts";

/** Further findings are only counted. A thousand would not help, and the first ones often cause the others. */
const mostShown = 50;

/** Errors first if not everything fits, so that warnings never hide what stops the run. */
export function chooseShown(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostShown) return findings.toSorted(compareFindings);
  const rank = { error: 0, warning: 1, info: 2 };
  return findings
    .toSorted((left, right) => rank[left.severity] - rank[right.severity] || compareFindings(left, right))
    .slice(0, mostShown)
    .toSorted(compareFindings);
}

/** `2 errors` and `1 warning`, most severe first; severities without findings are left out. */
export function severityCounts(
  findings: readonly Finding[],
): readonly { readonly severity: Finding["severity"]; readonly text: string }[] {
  const words = { error: "error", warning: "warning", info: "note" } as const;
  return (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [{ severity, text: plural(count, words[severity]) }];
  });
}

/** `2 errors and 1 warning` */
export function countWords(findings: readonly Finding[]): string {
  return joinWords(severityCounts(findings).map(({ text }) => text));
}

/** `2 findings silenced`; empty when there are none. */
export function silencedWords(findings: readonly Finding[]): string {
  const count = findings.length - audible(findings).length;
  return count === 0 ? "" : `${plural(count, "finding")} silenced`;
}

/** `silenced by policy.findings`, or the reason of the comment. */
export function suppressionWords({ by, reason }: Suppression): string {
  return by === "policy" ? "silenced by policy.findings" : `silenced: ${reason ?? ""}`;
}

/** `rename "max_retries" to "maxRetries" (validate --fix does this)` */
export function fixText({ title }: Fix): string {
  return `${title} (validate --fix does this)`;
}
