import { wholeNumberField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { intervalField, retryIntervalField } from "./monitor-fields.ts";
import { hostnameField, portField } from "./network-fields.ts";

export const ntp = defineMonitorType({
  type: "ntp",
  summary: "Asks a time server; up when its clock is near and well synchronised.",
  since: [2, 5, 0],
  fields: {
    // Time servers reject frequent clients, so the form's default is five minutes.
    interval: intervalField(300),
    retryInterval: retryIntervalField(300),
    hostname: hostnameField,
    port: portField("The UDP port.", { default: 123 }),
    ntpStratumThreshold: wholeNumberField(
      {
        title: "Stratum",
        description: "Down from this stratum on.",
        default: 5,
      },
      { minimum: 1, maximum: 15 },
    ),
    ntpTimeOffsetThreshold: wholeNumberField(
      {
        title: "Time offset",
        description: "Down when the two clocks are this many milliseconds apart, or more.",
        default: 1000,
      },
      { minimum: 1 },
    ),
    ntpRootDispersionThreshold: wholeNumberField(
      {
        title: "Root dispersion",
        description: "Down when the time server's own error may be this many milliseconds, or more.",
        default: 500,
      },
      { minimum: 1 },
    ),
  },
  required: ["hostname"],
  example: { name: "Time", type: "ntp", hostname: "pool.ntp.org" },
});
