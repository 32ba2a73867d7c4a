import type { FindingCode } from "../../model/finding-codes.ts";
import type { ExperimentFinding } from "../../query/experiment/experiment-report.ts";
import type { LintRule } from "../../query/lint/lint-context.ts";

/** The rules of the query lab by their finding codes. */
export const queryCodes: Readonly<Record<LintRule | ExperimentFinding["rule"], FindingCode>> = {
  E1: "KS1500",
  E2: "KS1502",
  E3: "KS1503",
  E4: "KS1504",
  E5: "KS1505",
  E6: "KS1506",
  E7: "KS1501",
  E8: "KS1508",
  E9: "KS1509",
  E10: "KS1512",
  E11: "KS1511",
  E12: "KS1513",
  E13: "KS1531",
  W1: "KS1521",
  W2: "KS1522",
  W3: "KS1523",
  W4: "KS1524",
  W5: "KS1525",
  W6: "KS1526",
  W7: "KS1527",
  W8: "KS1528",
  W9: "KS1529",
  W10: "KS1530",
  I1: "KS1541",
  I2: "KS1542",
  I3: "KS1543",
};
