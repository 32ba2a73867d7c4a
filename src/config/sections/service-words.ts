/** Turns problems of a service's monitors into the words of findings. */
import { findingTitles } from "../../model/finding-codes.ts";
import type { Finding } from "../../model/finding.ts";
import type { ServiceProblem } from "../../services/problem.ts";

/**
 * The caller adds the place. Problems quote paths and models. If those come from `${env:…}` or `${file:…}` (`isSecret`),
 * the title of the code is used instead.
 */
export function serviceWords(
  { code, severity, message, hint, why }: ServiceProblem,
  isSecret: boolean,
): Pick<Finding, "code" | "severity" | "message" | "hint" | "why"> {
  const base = { code, severity, ...(why === undefined ? {} : { why }) };
  if (isSecret) return { ...base, message: findingTitles[code] };
  return { ...base, message, ...(hint === undefined ? {} : { hint }) };
}
