import { saslCredentials, saslMechanisms, saslOptions } from "../codecs/sasl-options.ts";
import { booleanField, durationField, textField, addressListField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

import { withinInterval } from "./network-fields.ts";

export const kafkaProducer = defineMonitorType({
  type: "kafka-producer",
  summary: "Sends a message to a Kafka topic; up when a broker takes it.",
  fields: {
    kafkaProducerBrokers: addressListField(
      {
        title: "Brokers",
        description: "The brokers to start from, each with its port.",
        examples: [["kafka1.example.com:9092", "kafka2.example.com:9092"]],
      },
      { minLength: 1 },
    ),
    kafkaProducerTopic: textField(
      {
        title: "Topic",
        description: "The topic to send to.",
        examples: ["uptime"],
      },
      { minLength: 1 },
    ),
    kafkaProducerMessage: textField(
      {
        title: "Message",
        description: "What to send.",
        examples: ["ping"],
      },
      { minLength: 1 },
    ),
    kafkaProducerSsl: booleanField({
      title: "TLS",
      description: "Connect with TLS.",
      default: false,
    }),
    kafkaProducerAllowAutoTopicCreation: booleanField({
      title: "Create topic",
      description: "Let the broker create the topic when there is none.",
      default: false,
    }),
    kafkaProducerSaslOptions: {
      codec: saslOptions,
      isSensitive: true,
      schema: {
        title: "Login",
        description:
          "A `mechanism` and its credentials: `username` and `password`, for plain also `authorizationIdentity`; for aws " +
          "`authorizationIdentity`, `accessKeyId`, `secretAccessKey` and, if there is one, `sessionToken`.",
        type: "object",
        properties: {
          mechanism: { type: "string", enum: saslMechanisms },
          ...Object.fromEntries(saslCredentials.map((name) => [name, { type: "string" }])),
        },
        required: ["mechanism"],
        additionalProperties: false,
        default: { mechanism: "None" },
        examples: [{ mechanism: "scram-sha-512", username: "kuma", password: "${env:KAFKA_PASSWORD}" }],
      },
    },
    timeout: withinInterval(
      durationField({
        title: "Connection timeout",
        description: "How long connecting to a broker may take; 1 s on servers before 2.5.",
        default: 1,
        examples: ["3s"],
        since: [2, 5, 0],
      }),
      1,
    ),
  },
  required: ["kafkaProducerBrokers", "kafkaProducerTopic", "kafkaProducerMessage"],
  example: {
    name: "Events",
    type: "kafka-producer",
    kafkaProducerBrokers: ["kafka1.example.com:9092"],
    kafkaProducerTopic: "uptime",
    kafkaProducerMessage: "ping",
    kafkaProducerSaslOptions: { mechanism: "plain", username: "kuma", password: "${env:KAFKA_PASSWORD}" },
  },
});
