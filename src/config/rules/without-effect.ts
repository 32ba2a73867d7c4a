import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isWithheld, type EntityFinding } from "../entity-finding.ts";
import { hasOwnValue } from "./written-value.ts";
import type { EntityRule } from "./rule.ts";

/** Settings that another setting disables (docs/upstream/uptime-kuma.md#options-without-effect). */
export const withoutEffect: EntityRule = {
  name: "without-effect",
  kind: "monitor",
  checkEach: (entity) => cases.flatMap((one) => checkCase(entity, one)),
};

interface Case {
  readonly field: string;
  /** Absent: all types that have the field. */
  readonly types?: readonly string[];
  readonly value?: string | number | true;
  /** The other conditions. If one of them is not known, there is no finding. */
  readonly because: readonly (readonly [field: string, test: (value: unknown) => boolean])[];
  readonly message: string;
  readonly hint: string;
}

const isTrue = (value: unknown): boolean => value === true;
const isPlainHttp = (value: unknown): boolean => typeof value === "string" && value.startsWith("http://");
/** If redirects are followed, they may lead to https. */
const isZero = (value: unknown): boolean => value === 0;

const cases: readonly Case[] = [
  {
    field: "expiryNotification",
    value: true,
    because: [["ignoreTls", isTrue]],
    message: "expiryNotification has no effect with ignoreTls",
    hint: "remove one of the two",
  },
  {
    field: "expiryNotification",
    types: ["http", "keyword", "json-query"],
    value: true,
    because: [
      ["ignoreTls", (value) => value !== true],
      ["url", isPlainHttp],
    ],
    message: "expiryNotification has no effect on http://, unless it redirects to https://",
    hint: "write the https:// URL, or remove it",
  },
  {
    field: "ignoreTls",
    types: ["http", "keyword", "json-query"],
    value: true,
    because: [
      ["url", isPlainHttp],
      ["maxRedirects", isZero],
    ],
    message: "ignoreTls has no effect on http:// without redirects",
    hint: "write the https:// URL, or remove it",
  },
  {
    field: "expiryNotification",
    types: ["port"],
    value: true,
    because: [
      ["smtpSecurity", (value) => value === "nostarttls"],
      ["expectedTlsAlert", (value) => value === "none"],
    ],
    message: "expiryNotification has no effect while the port is checked without TLS",
    hint: "write smtpSecurity: secure, or starttls",
  },
  ...["tlsCert", "tlsKey", "tlsCa"].map((field): Case => ({
    field,
    types: ["port"],
    because: [["expectedTlsAlert", (value) => value === "none"]],
    message: `${field} has no effect without expectedTlsAlert`,
    hint: "write the alert that the service answers with, or remove it",
  })),
  {
    field: "saveResponse",
    value: true,
    because: [["saveErrorResponse", (value) => value === false]],
    message: "saveResponse has no effect without saveErrorResponse",
    hint: "write saveErrorResponse: true, or remove saveResponse",
  },
];

function checkCase(entity: DeclaredEntity, one: Case): readonly EntityFinding[] {
  const { field, types, value, because, message, hint } = one;
  const { variant, canonical } = entity;
  if (types !== undefined && !types.includes(variant.type ?? "")) return [];
  if (!hasOwnValue(entity, field) || (value !== undefined && canonical[field] !== value)) return [];
  const holds = because.every(
    ([name, test]) =>
      variant.fields[name] !== undefined && !isWithheld(entity, pointerTo(name)) && test(canonical[name]),
  );
  if (!holds) return [];
  return [{ code: "KS1421", severity: "warning", message, hint, pointer: pointerTo(field), isAboutKey: true }];
}
