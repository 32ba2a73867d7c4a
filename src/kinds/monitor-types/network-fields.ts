/** Fields that monitors of several protocols share. */
import { booleanField, durationField, textField, wholeNumberField } from "../field-shapes.ts";
import type { Field } from "../field.ts";

export const hostnameField: Field = textField(
  {
    kuma: "hostname",
    title: "Host name",
    description: "The host to check: a name or an IP address.",
    examples: ["db.example.com", "10.0.0.7"],
  },
  { minLength: 1 },
);

/** `default` where the form has one. */
export function portField(
  description: string,
  port: { readonly default: number } | { readonly examples: readonly number[] },
): Field {
  return wholeNumberField({ kuma: "port", title: "Port", description, ...port }, { minimum: 0, maximum: 65_535 });
}

/**
 * Seconds. Always sent: a saved 0, which the API's own default is, turns into thousands of times the interval and, from an
 * interval of 2685 s on, into a monitor that is down at once (quirk 15).
 */
export function timeoutField(seconds: number): Field {
  return durationField({
    kuma: "timeout",
    title: "Timeout",
    description: "How long one check may take. Should not exceed 80 % of the interval, to which the form limits it.",
    default: seconds,
    examples: ["10s"],
  });
}

/** Types whose target has a domain name (uptime-kuma src/util.ts, TYPES_WITH_DOMAIN_EXPIRY_SUPPORT_VIA_FIELD). */
export const domainExpiryField: Field = booleanField({
  kuma: "domainExpiryNotification",
  title: "Domain expiry notification",
  description:
    "Notify before the registration of the domain runs out. Hosts without a registered domain are passed over.",
  default: true,
  since: [2, 1, 0],
});
