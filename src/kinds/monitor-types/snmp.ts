import { textField, wordField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { expectedValueField, jsonPathField, jsonPathOperatorField, jsonPathQuery } from "./json-query-fields.ts";
import { domainExpiryField, hostnameField, portField, timeoutField } from "./network-fields.ts";

export const snmp = defineMonitorType({
  type: "snmp",
  summary: "Reads a value over SNMP; up when a JSONata expression over it compares as expected.",
  since: [2, 0, 0],
  fields: {
    hostname: hostnameField,
    port: portField("The UDP port.", { default: 161 }),
    // The server stores the passwords of three types in one column, which is named after RADIUS.
    radiusPassword: textField({
      title: "Community string",
      description: "The community string. Version 3 does not use it, but the form demands it.",
      examples: ["${env:SNMP_COMMUNITY}"],
      isSensitive: true,
    }),
    snmpOid: textField(
      {
        title: "OID",
        description: "The object to read. In quotes, if it has only one dot.",
        examples: ["1.3.6.1.2.1.1.3.0"],
      },
      { pattern: String.raw`^[0-2](\.(0|[1-9][0-9]*))*$` },
    ),
    snmpVersion: {
      ...wordField(
        {
          title: "Version",
          description: "The version of the protocol; 3 without authentication and encryption.",
          default: "2c",
          valuesSince: { 3: [2, 1, 0] },
        },
        ["1", "2c", "3"],
      ),
      isText: true,
    },
    snmpV3Username: {
      ...textField({
        title: "User name",
        description:
          "For version 3. Saved only when the monitor is made: the server neither shows it nor takes a change, so that another one needs a new monitor.",
        examples: ["kuma"],
        since: [2, 1, 0],
        isKeptUnlessWritten: true,
      }),
      isObservable: () => false,
    },
    jsonPath: jsonPathField,
    jsonPathOperator: jsonPathOperatorField,
    expectedValue: expectedValueField,
    timeout: timeoutField(5),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname", "radiusPassword", "snmpOid", "expectedValue"],
  example: {
    name: "UPS load",
    type: "snmp",
    hostname: "ups.example.com",
    radiusPassword: "${env:SNMP_COMMUNITY}",
    snmpOid: "1.3.6.1.2.1.33.1.4.4.1.5.1",
    jsonPathOperator: "<",
    expectedValue: "80",
  },
  queries: jsonPathQuery,
});
