import type { FindingCode } from "../../model/finding-codes.ts";
import type { ExperimentFinding } from "../../query/experiment/experiment-report.ts";
import type { LintRule } from "../../query/lint/lint-context.ts";

/** The finding code of each rule of the query lab. */
export const queryCodes: Readonly<Record<LintRule | ExperimentFinding["rule"], FindingCode>> = {
  "syntax-error": "KS1500",
  "unknown-operator": "KS1502",
  "expected-never-equal": "KS1503",
  "sample-is-down": "KS1504",
  "not-json": "KS1553",
  "stays-up-when-dead": "KS1505",
  "uncomparable-result": "KS1506",
  "unknown-function": "KS1501",
  "literal-predicate": "KS1508",
  "constant-query": "KS1509",
  "unbounded-query": "KS1512",
  "odd-character": "KS1511",
  "sample-differs-by-release": "KS1513",
  "reaches-into-javascript": "KS1531",
  "unknown-field": "KS1521",
  fragile: "KS1522",
  "fails-only-by-error": "KS1523",
  "upside-down-query": "KS1524",
  "misleading-syntax": "KS1525",
  "object-member-name": "KS1526",
  "differs-by-release": "KS1527",
  "differs-by-engine": "KS1444",
  "unreadable-time": "KS1445",
  "big-integer": "KS1528",
  "expected-too-long": "KS1529",
  "no-accept-header": "KS1530",
  "wildcard-in-brackets": "KS1541",
  "clock-or-chance": "KS1542",
  "expected-no-value": "KS1560",
  "watched-fields": "KS1543",
};
