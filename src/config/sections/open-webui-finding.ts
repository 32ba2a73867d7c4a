/** Turns problems of Open WebUI monitors into findings, with one code for each rule. */
import type { FindingCode } from "../../model/finding-codes.ts";
import type { Finding } from "../../model/finding.ts";
import { openWebUIRules, type OpenWebUIProblem } from "../../services/open-webui/problem.ts";

const openWebUICodes = {
  "url-with-path": "KS1701",
  "missing-api-key": "KS1702",
  "duplicate-model": "KS1703",
  "model-key-taken": "KS1704",
  "unknown-completion": "KS1705",
  "unknown-override": "KS1706",
  "wrong-method": "KS1707",
  "trailing-slash": "KS1708",
  "unknown-path": "KS1709",
  "path-too-new": "KS1710",
  "key-on-health": "KS1711",
  "key-header-too-new": "KS1712",
  "status-only": "KS1713",
  "stale-model-list": "KS1714",
  "any-model-counts": "KS1715",
  "model-without-tag": "KS1716",
  "short-timeout": "KS1717",
  "too-frequent": "KS1718",
  "completions-always-fail": "KS1719",
  "completions-answer-null": "KS1720",
  "fooled-by-text": "KS1721",
  "temperature-refused": "KS1722",
  "parameters-dropped": "KS1723",
  "session-fields": "KS1724",
  "streamed-reply": "KS1725",
  "same-second": "KS1726",
} as const satisfies Record<OpenWebUIProblem["rule"], FindingCode>;

/**
 * The words of a finding; the caller adds the place. They quote paths and models. If those come from `${env:…}` or
 * `${file:…}` (`isSecret`), the title of the rule is used instead.
 */
export function openWebUIWords(
  { rule, severity, message, hint, why }: OpenWebUIProblem,
  isSecret: boolean,
): Pick<Finding, "code" | "severity" | "message" | "hint" | "why"> {
  const base = { code: openWebUICodes[rule], severity, ...(why === undefined ? {} : { why }) };
  if (isSecret) return { ...base, message: lowerFirst(openWebUIRules[rule]) };
  return { ...base, message, ...(hint === undefined ? {} : { hint }) };
}

/** Keeps the capital letter of a product name or an abbreviation. */
function lowerFirst(title: string): string {
  return /^(Open WebUI|Ollama|API)/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
