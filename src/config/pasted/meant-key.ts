/**
 * Finds out what was meant by an unknown key: people paste the names of Uptime Kuma's API, of AutoKuma, of Terraform
 * providers and of Ansible collections, or use the words of another tool.
 */
import { checkSchema } from "../../documents/schema-check.ts";
import { kumaKey, type Field } from "../../kinds/field.ts";
import type { Kind, Variant } from "../../kinds/kind.ts";
import type { Json } from "../../model/json.ts";
import type { Repair } from "../source/repair.ts";
import { convertKey, type ConvertedEntry } from "./convert-key.ts";
import { flowYaml } from "./flow-yaml.ts";
import { fieldsCalled } from "./field-names.ts";
import { meantValue } from "./meant-value.ts";
import { plainName } from "./plain-name.ts";

export interface MeantKey {
  readonly hint: string;
  /** The field that was meant; absent if there is none to write instead. */
  readonly field?: string;
  /** Only if the correction is certain. */
  readonly repair?: Repair;
}

export interface UnknownKey {
  readonly kind: Pick<Kind, "name" | "derivedKeys">;
  readonly variant: Pick<Variant, "fields">;
  readonly name: string;
  /** Undefined if it must not be shown. */
  readonly value: Json | undefined;
}

/** Undefined if the name stands for no field of the object. */
export function meantKey(unknown: UnknownKey): MeantKey | undefined {
  const { kind, variant, name, value } = unknown;
  const has = (field: string): boolean => Object.hasOwn(variant.fields, field);
  const converted = kind.name === "monitor" ? convertKey(plainName(name), value) : undefined;
  if (converted !== undefined && "hint" in converted) return converted;
  if (converted !== undefined && has(converted.key)) return entry(converted);
  const same = sameField(variant, name);
  if (same !== undefined) {
    const fitting = fittingValue(variant.fields[same], value);
    return fitting === undefined ? renamed(same) : entry({ key: same, value: fitting, isCertain: true });
  }
  const ending = kind.name === "notification" ? endingIn(variant, name) : undefined;
  if (ending !== undefined) return { hint: `write ${ending}`, field: ending };
  const called = fieldsCalled(name).find(has);
  if (called !== undefined) return { ...likely(called, value), field: called };
  return kind.derivedKeys?.has(name) === true ? { hint: "leave it out: Uptime Kuma sets it itself" } : undefined;
}

/** The same entry with the name of the field. */
export function renamed(field: string): MeantKey {
  return { hint: `write ${field}`, field, repair: { type: "rename", to: field } };
}

function entry({ key, value, isCertain }: ConvertedEntry): MeantKey {
  if (value === undefined) return { hint: `write ${key}`, field: key };
  const hint = `write \`${key}: ${flowYaml(value)}\``;
  return { hint, field: key, ...(isCertain ? { repair: { type: "entry", key, value } } : {}) };
}

/** The field in another spelling, or by the server's name for it. */
function sameField({ fields }: Pick<Variant, "fields">, name: string): string | undefined {
  const plain = plainName(name);
  return Object.entries(fields).find(
    ([field, spec]) => plainName(field) === plain || plainName(kumaKey(field, spec)) === plain,
  )?.[0];
}

/** The value in the form that the field needs; undefined if it already has that form. */
function fittingValue(field: Field | undefined, value: Json | undefined): Json | undefined {
  if (field === undefined || value === undefined || field.isSensitive === true) return undefined;
  return checkSchema(field.schema, value).length === 0 ? undefined : meantValue(field.schema, value);
}

/** `webhook_url` of Discord is `discordWebhookUrl`: Uptime Kuma's names begin with the provider. */
function endingIn({ fields }: Pick<Variant, "fields">, name: string): string | undefined {
  const plain = plainName(name);
  const found = Object.keys(fields).filter((field) => plainName(field).endsWith(plain));
  return plain.length >= 2 && found.length === 1 ? found[0] : undefined;
}

/** A host name is not a whole URL, and a URL is not a host name. */
function likely(field: string, value: Json | undefined): Pick<MeantKey, "hint"> {
  if (typeof value === "string" && /^[\w.-]+(?::\d+)?(?:\/\S*)?$/u.test(value) && field === "url") {
    return { hint: `write \`url: https://${value}\`` };
  }
  if (typeof value === "string" && field === "hostname" && URL.canParse(value)) {
    const { hostname } = new URL(value);
    if (hostname !== "") return { hint: `write \`hostname: ${hostname}\`` };
  }
  const [, host, port] = typeof value === "string" ? (/^([\w.-]+):(\d{1,5})$/u.exec(value) ?? []) : [];
  if (field === "hostname" && host !== undefined) return { hint: `write \`hostname: ${host}\` and \`port: ${port}\`` };
  if (field === "databaseConnectionString") return { hint: `it is a part of ${field}` };
  return { hint: `write ${field}` };
}
