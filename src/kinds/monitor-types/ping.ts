import { booleanField, durationField, wholeNumberField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField } from "./network-fields.ts";

export const ping = defineMonitorType({
  type: "ping",
  summary: "Sends ICMP echo requests to a host.",
  fields: {
    hostname: hostnameField,
    // The form's default for this type, whatever the interval is. The server requires at least the timeout of one echo.
    timeout: durationField({
      title: "Timeout",
      description: "How long one check may take: 1 to 300 s, and no less than the timeout of one echo.",
      default: 10,
      examples: ["10s"],
    }),
    packetSize: wholeNumberField(
      {
        title: "Packet size",
        description: "Bytes of payload in each echo request.",
        default: 56,
      },
      { minimum: 1, maximum: 65_500 },
    ),
    pingCount: wholeNumberField(
      {
        kuma: "ping_count",
        title: "Echo requests",
        description: "How many echo requests one check sends at most.",
        default: 3,
        since: [2, 0, 0],
      },
      { minimum: 1, maximum: 100 },
    ),
    pingNumeric: booleanField({
      kuma: "ping_numeric",
      title: "Numeric output",
      description: "Show addresses, not the names that belong to them.",
      default: true,
      since: [2, 0, 0],
    }),
    pingPerRequestTimeout: durationField({
      kuma: "ping_per_request_timeout",
      title: "Timeout of one echo",
      description: "How long to wait for the answer to one echo request; at most 60 s.",
      default: 2,
      since: [2, 0, 0],
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname"],
  example: { name: "Router", type: "ping", hostname: "10.0.0.1" },
});
