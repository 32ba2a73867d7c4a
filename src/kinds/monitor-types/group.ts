import { defineMonitorType } from "./define-monitor-type.ts";

export const group = defineMonitorType({
  type: "group",
  summary: "Holds other monitors; down when one of them is.",
  fields: {},
  required: [],
  example: { name: "Edge", type: "group" },
});
