/** `resendEvery: 1h`: a duration instead of `resendInterval`, which the server counts in checks. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Variant } from "../../kinds/kind.ts";
import { durationPattern, secondsOf, shortDuration } from "../../model/duration.ts";
import type { Finding } from "../../model/finding.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import { concerns, withFacts, writtenAt, type KnownValue, type Provenance } from "../values/provenance.ts";

export const resendEveryKey = "resendEvery";
const checksKey = "resendInterval";

const schema = {
  title: "Resend every",
  description:
    "Notify again after this time for as long as the monitor is down: converted to the nearest number of checks, at least one. In place of `resendInterval`.",
  type: ["number", "string"],
  exclusiveMinimum: 0,
  pattern: durationPattern,
  examples: ["1h"],
} as const satisfies JsonSchema;

/** The schema of the key, for types that have `resendInterval`. */
export function resendSchemas({ fields }: Pick<Variant, "fields">): Readonly<Record<string, JsonSchema>> {
  return Object.hasOwn(fields, checksKey) ? { [resendEveryKey]: schema } : {};
}

/** The other key with the same meaning; undefined for any other key. */
export function sameAs(key: string): string | undefined {
  if (key === resendEveryKey) return checksKey;
  return key === checksKey ? resendEveryKey : undefined;
}

interface Converted {
  readonly written: JsonObject;
  readonly provenance: Provenance;
}

/** `written` with the number of checks, whose provenance is the place of the duration. */
export function withResendInterval(
  entity: DeclaredEntity,
  every: Json | undefined,
  report: (finding: Finding) => void,
): Converted {
  const { variant, written, provenance } = entity;
  const time = every === undefined ? null : secondsOf(every);
  const interval = secondsOf(written["interval"] ?? variant.fields["interval"]?.schema["default"] ?? null);
  if (time === null || interval === null) return { written, provenance };
  const pointer = `/${resendEveryKey}`;
  if (Object.hasOwn(written, checksKey)) {
    const message = `"${resendEveryKey}" and "${checksKey}" say the same`;
    const hint = `keep one; ${checksKey} counts checks`;
    report(findingFor(entity, { code: "KS1620", severity: "error", message, hint, pointer, isAboutKey: true }));
    return { written, provenance };
  }
  const isUnknown = concerns(provenance, "placeholder", pointer) || concerns(provenance, "placeholder", "/interval");
  if (time < interval && !isUnknown) {
    const message = `"${resendEveryKey}" of ${shortDuration(time)} is shorter than the interval of ${shortDuration(interval)}`;
    const hint = `a monitor notifies with a check: write ${shortDuration(interval)} or more, or a shorter interval`;
    report(findingFor(entity, { code: "KS1620", severity: "warning", message, hint, pointer }));
  }
  const { by, place, pointer: at } = writtenAt(provenance, pointer);
  const known: KnownValue = {
    ...provenance.get(pointer),
    origin: { by, place, pointer: at },
    ...(isUnknown ? { placeholder: "fitted" } : {}),
  };
  return {
    written: { ...written, [checksKey]: Math.max(1, Math.round(time / interval)) },
    provenance: withFacts(provenance, new Map([[`/${checksKey}`, known]])),
  };
}
