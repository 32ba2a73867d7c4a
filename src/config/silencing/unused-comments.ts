/** Ignore comments that silence nothing any more. */
import { hasErrors, type Finding } from "../../model/finding.ts";
import type { FindingCode } from "../../model/finding-codes.ts";
import type { IgnoreComment } from "./ignore-comments.ts";
import { commentFinder, type Silencing } from "./silencing.ts";

/** Whose findings depend on a server, its release, a response, or the variables of the run; whole sections by their beginning. */
const beyondValidate: readonly string[] = [
  "KS11",
  "KS1504",
  "KS1505",
  "KS1506",
  "KS1513",
  "KS1521",
  "KS1522",
  "KS1523",
  "KS1531",
  "KS1532",
  "KS1543",
  "KS155",
  "KS1616",
  "KS1624",
  "KS1625",
  "KS1628",
  "KS17",
  "KS20",
];

/**
 * One note for each code of a comment that is about none of `findings`, which are those of `validate` for all targets. Nothing
 * is said where another run may find something: with another server, with the values of variables (`sources` show where
 * they stand), or once the errors are mended.
 */
export function unusedComments(
  { comments }: Silencing,
  findings: readonly Finding[],
  sources: ReadonlyMap<string, string>,
): readonly Finding[] {
  if (comments.length === 0 || hasErrors(findings)) return [];
  const commentOn = commentFinder(comments);
  const used = new Set(findings.map(commentOn));
  const linesOf = new Map([...sources].map(([file, text]) => [file, text.split("\n")]));
  return comments.flatMap((comment): Finding[] => {
    const { code, at, lines } = comment;
    if (isBeyondValidate(code) || used.has(comment)) return [];
    const [first, last] = lines;
    const covered = (linesOf.get(at.file) ?? []).slice(first - 1, last);
    if (covered.some((line) => line.includes("${"))) return [];
    const near = nearest(comment, findings);
    return [
      {
        code: "KS1903",
        severity: "info",
        message: `nothing to silence: there is no ${code} on this line`,
        at,
        hint: near === undefined ? "remove the comment" : "move it to the line of the finding, or remove it",
        ...(near?.at === undefined ? {} : { related: { message: `a ${code} is here`, at: near.at } }),
      },
    ];
  });
}

/** A comment above a key, while the finding stands further down in the same object, is the usual mistake. */
function nearest({ code, at }: IgnoreComment, findings: readonly Finding[]): Finding | undefined {
  const distance = ({ at: place }: Finding): number => Math.abs((place?.line ?? 0) - at.line);
  return findings
    .filter((finding) => finding.code === code && finding.at?.file === at.file && finding.suppressed === undefined)
    .toSorted((left, right) => distance(left) - distance(right))[0];
}

function isBeyondValidate(code: FindingCode): boolean {
  return beyondValidate.some((start) => code.startsWith(start));
}
