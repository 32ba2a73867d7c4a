/** Fields that monitors of several protocols share. */
import { nullAs } from "../codecs/null-as.ts";
import { addressField, booleanField, durationField, wholeNumberField } from "../field-shapes.ts";
import type { Field } from "../field.ts";

export const hostnameField: Field = addressField({
  title: "Host name",
  description: "The host to check: a name or an IP address.",
  examples: ["db.example.com", "10.0.0.7"],
});

/** `default` is the form's, if it has one. */
export function portField(
  description: string,
  port: { readonly default: number } | { readonly examples: readonly number[] },
): Field {
  const field = wholeNumberField({ title: "Port", description, ...port }, { minimum: 0, maximum: 65_535 });
  // The checks with a default port also use it for NULL (server/monitor-types/{dns,ntp,snmp}.js, model/monitor.js).
  return "default" in port ? { ...field, codec: nullAs(port.default, field.codec) } : field;
}

/**
 * Seconds. `seconds` is the default, if the interval allows it: like the form, the default stays within 80 % of the
 * interval, rounded down to tenths of a second (EditMonitor.vue `clampTimeout`). It is always sent, because the API's
 * own default of 0 becomes thousands of times the interval, and from an interval of 2685 s on a monitor that is down at
 * once (docs/upstream/uptime-kuma.md#timeout-zero).
 */
export function timeoutField(seconds: number): Field {
  return withinInterval(
    durationField({
      title: "Timeout",
      description: "How long one check may take. The default is 80 % of the interval where that is less.",
      default: seconds,
      examples: ["10s"],
    }),
    seconds,
  );
}

export function withinInterval(field: Field, seconds: number): Field {
  return {
    ...field,
    defaultBeside: ({ interval }) =>
      typeof interval === "number" ? Math.min(seconds, Math.max(0.1, longestTimeout(interval))) : seconds,
  };
}

/** As the form computes it. */
export function longestTimeout(interval: number): number {
  return Math.trunc(interval * 8) / 10;
}

/** Types whose target has a domain name (uptime-kuma src/util.ts, TYPES_WITH_DOMAIN_EXPIRY_SUPPORT_VIA_FIELD). */
export const domainExpiryField: Field = booleanField({
  title: "Domain expiry notification",
  description:
    "Notify before the registration of the domain runs out. Hosts without a registered domain are passed over.",
  default: true,
  since: [2, 1, 0],
});
