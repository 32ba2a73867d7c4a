import { text } from "../codecs/text.ts";
import { fieldsSince, textField, wordField } from "../field-shapes.ts";
import { conditionsField, numberOperators, textOperators } from "./conditions-field.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { expectedValueField, jsonPathField, jsonPathQuery } from "./json-query-fields.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const mqtt = defineMonitorType({
  type: "mqtt",
  summary: "Subscribes to a topic; up when the next message is as expected.",
  fields: {
    hostname: {
      ...hostnameField,
      schema: {
        ...hostnameField.schema,
        title: "Broker",
        description: "The broker: its name, or mqtt, mqtts, ws or wss and its name as a URL without the port.",
        examples: ["mqtts://broker.example.com"],
      },
    },
    port: portField("The broker's port.", { examples: [1883] }),
    mqttTopic: textField(
      {
        title: "Topic",
        description: "The topic to subscribe to.",
        examples: ["sensors/heartbeat"],
      },
      { minLength: 1 },
    ),
    mqttUsername: textField({
      title: "User name",
      description: "For a broker that wants a login.",
      examples: ["kuma"],
    }),
    mqttPassword: textField({
      title: "Password",
      description: "For a broker that wants a login.",
      examples: ["${env:MQTT_PASSWORD}"],
      isSensitive: true,
    }),
    mqttWebsocketPath: textField(
      {
        title: "WebSocket path",
        description: "The path behind the port, for ws and wss.",
        examples: ["/mqtt"],
        since: [2, 0, 0],
      },
      { pattern: "^/[A-Za-z0-9_&()*+-]*$" },
    ),
    mqttCheckType: wordField(
      {
        title: "Check",
        description: "Whether the message must contain `mqttSuccessMessage` or hold `expectedValue` at `jsonPath`.",
        default: "keyword",
        // Older servers can only check for a text.
        since: [2, 0, 0],
      },
      ["keyword", "json-query"],
    ),
    mqttSuccessMessage: textField({
      title: "Expected message",
      description:
        "A text that the message must contain; the empty text takes any message. Servers before 2.0 compare the whole message.",
      default: "",
      examples: ["online"],
      // From 2.0 on, null counts as the text "null".
      codec: text,
    }),
    ...fieldsSince([2, 0, 0], { jsonPath: jsonPathField, expectedValue: expectedValueField }),
    conditions: conditionsField({
      variables: ["topic", "message", "json_value"],
      operators: [...textOperators, ...numberOperators],
      description:
        "What the message must be, in place of `mqttCheckType`; json_value is what `jsonPath` finds, as text, for which num_equals never holds.",
      since: [2, 1, 0],
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname", "port", "mqttTopic"],
  example: {
    name: "Broker",
    type: "mqtt",
    hostname: "mqtts://broker.example.com",
    port: 8883,
    mqttTopic: "sensors/heartbeat",
    mqttUsername: "kuma",
    mqttPassword: "${env:MQTT_PASSWORD}",
    mqttSuccessMessage: "online",
  },
  queries: jsonPathQuery,
});
