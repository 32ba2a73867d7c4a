import { textField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const radius = defineMonitorType({
  type: "radius",
  summary: "Logs in to a RADIUS server; up when it accepts.",
  fields: {
    hostname: hostnameField,
    port: portField("The UDP port.", { default: 1812 }),
    radiusUsername: textField({
      title: "User name",
      description: "The user to log in.",
      examples: ["kuma"],
    }),
    radiusPassword: textField({
      title: "Password",
      description: "The user's password.",
      examples: ["${env:RADIUS_PASSWORD}"],
      isSensitive: true,
    }),
    radiusSecret: textField({
      title: "Shared secret",
      description: "The secret that client and server share.",
      examples: ["${env:RADIUS_SECRET}"],
      isSensitive: true,
    }),
    radiusCalledStationId: textField({
      title: "Called station",
      description: "The id of the device that is called.",
      examples: ["00-11-22-33-44-55"],
    }),
    radiusCallingStationId: textField({
      title: "Calling station",
      description: "The id of the device that calls.",
      examples: ["66-77-88-99-AA-BB"],
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: [
    "hostname",
    "radiusUsername",
    "radiusPassword",
    "radiusSecret",
    "radiusCalledStationId",
    "radiusCallingStationId",
  ],
  example: {
    name: "Wi-Fi login",
    type: "radius",
    hostname: "radius.example.com",
    radiusUsername: "kuma",
    radiusPassword: "${env:RADIUS_PASSWORD}",
    radiusSecret: "${env:RADIUS_SECRET}",
    radiusCalledStationId: "00-11-22-33-44-55",
    radiusCallingStationId: "66-77-88-99-AA-BB",
  },
});
