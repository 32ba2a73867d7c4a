import type { Finding } from "../model/finding.ts";
import { adoptions } from "./rules/adoptions.ts";
import { bodyEncoding } from "./rules/body-encoding.ts";
import { displayNames } from "./rules/display-names.ts";
import { exactNumbers } from "./rules/exact-numbers.ts";
import { groupCycles } from "./rules/group-cycles.ts";
import { headers } from "./rules/headers.ts";
import { maintenance } from "./rules/maintenance.ts";
import { openWebUI } from "./rules/open-webui.ts";
import { neededFields } from "./rules/needed-fields.ts";
import { onlyOne } from "./rules/only-one.ts";
import { overrides } from "./rules/overrides.ts";
import { queryLint } from "./rules/query-lint.ts";
import { references } from "./rules/references.ts";
import { requestBody } from "./rules/request-body.ts";
import type { Rule, RuleInput } from "./rules/rule.ts";
import { settings } from "./rules/settings.ts";
import { statusCodes } from "./rules/status-codes.ts";
import { statusPages } from "./rules/status-pages.ts";
import { timing } from "./rules/timing.ts";
import { uniqueValues } from "./rules/unique-values.ts";

const rules: readonly Rule[] = [
  references,
  groupCycles,
  displayNames,
  onlyOne,
  uniqueValues,
  timing,
  statusCodes,
  headers,
  requestBody,
  bodyEncoding,
  exactNumbers,
  queryLint,
  openWebUI,
  neededFields,
  adoptions,
  overrides,
  statusPages,
  maintenance,
  settings,
];

/** What all rules find, in no order. */
export async function checkRules(input: RuleInput): Promise<readonly Finding[]> {
  const found = await Promise.all(rules.map(async (rule) => rule.check(input)));
  return found.flat();
}
