import type { Finding } from "../../model/finding.ts";
import { adoptions } from "./adoptions.ts";
import { bodyEncoding } from "./body-encoding.ts";
import { displayNames } from "./display-names.ts";
import { exactNumbers } from "./exact-numbers.ts";
import { groupCycles } from "./group-cycles.ts";
import { groups } from "./groups.ts";
import { headers } from "./headers.ts";
import { lateAlarms } from "./late-alarms.ts";
import { longTimes } from "./long-times.ts";
import { maintenance } from "./maintenance.ts";
import { services } from "./services.ts";
import { neededFields } from "./needed-fields.ts";
import { nobodyNotified } from "./nobody-notified.ts";
import { notificationTypes } from "./notification-types.ts";
import { onlyOne } from "./only-one.ts";
import { overrides } from "./overrides.ts";
import { pushTokens } from "./push-tokens.ts";
import { queryLint } from "./query-lint.ts";
import { references } from "./references.ts";
import { requestBody } from "./request-body.ts";
import { findingFor } from "../entity-finding.ts";
import type { ConfigRule, Rule, RuleInput } from "./rule.ts";
import { selectors } from "./selectors.ts";
import { settings } from "./settings.ts";
import { statusCodes } from "./status-codes.ts";
import { sftpLogin } from "./sftp-login.ts";
import { statusPages } from "./status-pages.ts";
import { timing } from "./timing.ts";
import { unusedLogin } from "./unused-login.ts";
import { basicLogin } from "./basic-login.ts";
import { twoLogins } from "./two-logins.ts";
import { bearerPrefix } from "./bearer-prefix.ts";
import { clientCertificate } from "./client-certificate.ts";
import { withoutEffect } from "./without-effect.ts";
import { repeatedHeaders } from "./repeated-headers.ts";
import { headMethod } from "./head-method.ts";
import { hostName } from "./host-name.ts";
import { templates } from "./templates.ts";
import { urlForm } from "./url-form.ts";
import { weakKeyword } from "./weak-keyword.ts";
import { invertedKeyword } from "./inverted-keyword.ts";
import { spacedKeyword } from "./spaced-keyword.ts";
import { unseenCodes } from "./unseen-codes.ts";
import { unaskedRegistry } from "./unasked-registry.ts";
import { sampleTime } from "./sample-time.ts";
import { uniqueValues } from "./unique-values.ts";

const rules: readonly Rule[] = [
  references,
  selectors,
  groupCycles,
  displayNames,
  onlyOne,
  uniqueValues,
  timing,
  longTimes,
  lateAlarms,
  statusCodes,
  headers,
  unusedLogin,
  basicLogin,
  twoLogins,
  bearerPrefix,
  clientCertificate,
  sftpLogin,
  withoutEffect,
  repeatedHeaders,
  headMethod,
  hostName,
  templates,
  urlForm,
  weakKeyword,
  invertedKeyword,
  spacedKeyword,
  unseenCodes,
  unaskedRegistry,
  sampleTime,
  requestBody,
  bodyEncoding,
  exactNumbers,
  queryLint,
  services,
  neededFields,
  adoptions,
  overrides,
  statusPages,
  maintenance,
  settings,
  nobodyNotified,
  groups,
  notificationTypes,
  pushTokens,
];

/** The findings of all rules, unsorted. */
export async function checkRules(input: RuleInput): Promise<readonly Finding[]> {
  const found = await Promise.all(rules.map(async (rule) => findingsOf(rule, input)));
  return found.flat();
}

function findingsOf(rule: Rule, input: RuleInput): ReturnType<ConfigRule["checkAll"]> {
  if ("checkAll" in rule) return rule.checkAll(input);
  const findings: Finding[] = [];
  for (const entity of input.entities) {
    if (rule.kind !== undefined && rule.kind !== entity.kind) continue;
    for (const finding of rule.checkEach(entity, input)) findings.push(findingFor(entity, finding));
  }
  return findings;
}
