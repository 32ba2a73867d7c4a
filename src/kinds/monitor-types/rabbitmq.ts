import { httpUrl, textField, addressListField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { timeoutField } from "./network-fields.ts";

export const rabbitmq = defineMonitorType({
  type: "rabbitmq",
  summary: "Asks RabbitMQ's management API for alarms; up when one node answers that there are none.",
  since: [2, 0, 0],
  fields: {
    rabbitmqNodes: addressListField(
      {
        title: "Nodes",
        description: "The addresses of the management API, in the order in which they are tried.",
        examples: [["https://rabbit1.example.com:15672", "https://rabbit2.example.com:15672"]],
      },
      httpUrl,
    ),
    rabbitmqUsername: textField({
      title: "User name",
      description: "A user of the management API.",
      examples: ["kuma"],
    }),
    rabbitmqPassword: textField({
      title: "Password",
      description: "The user's password.",
      examples: ["${env:RABBITMQ_PASSWORD}"],
      isSensitive: true,
    }),
    timeout: timeoutField(48),
  },
  required: ["rabbitmqNodes", "rabbitmqUsername", "rabbitmqPassword"],
  example: {
    name: "Queue",
    type: "rabbitmq",
    rabbitmqNodes: ["https://rabbit1.example.com:15672"],
    rabbitmqUsername: "kuma",
    rabbitmqPassword: "${env:RABBITMQ_PASSWORD}",
  },
});
