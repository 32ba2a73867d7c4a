import type { Finding } from "../../model/finding.ts";

/** Each finding once: a mistake in `defaults` or an anchor is found again for every entity that uses it. */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { at, code } = finding;
    const place =
      at === undefined ? finding.message : `${at.file}:${at.line}:${at.column}:${at.endLine}:${at.endColumn}`;
    const id = `${code} ${place}${code === "KS1203" ? finding.message : ""}`;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}
