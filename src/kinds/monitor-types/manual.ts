import { toNumber } from "../codecs/number.ts";
import type { Codec } from "../field.ts";
import { optionalWordField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

const statuses = ["down", "up"];

/** Canonical: a word or null. On the server: the number of a heartbeat's status. */
const manualStatus: Codec = {
  normalise: (written) => written,
  fromKuma: (wire) => statuses[toNumber(wire) ?? -1] ?? null,
  toKuma: (canonical) => (typeof canonical === "string" ? statuses.indexOf(canonical) : null),
};

export const manual = defineMonitorType({
  type: "manual",
  summary: "Has the status that a user sets by hand.",
  since: [2, 0, 0],
  fields: {
    manualStatus: {
      ...optionalWordField(
        {
          kuma: "manual_status",
          title: "Status",
          description:
            "What the monitor says: up or down. The server does not show it, so that a change here or there is not seen; " +
            "it is set when the monitor is made, and along with any other change of it. Left out, it is set by hand alone.",
          examples: ["up"],
          isKeptUnlessWritten: true,
        },
        statuses,
      ),
      codec: manualStatus,
      isObservable: () => false,
    },
  },
  required: [],
  example: { name: "Office", type: "manual", manualStatus: "up" },
});
