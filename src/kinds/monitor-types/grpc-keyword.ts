import { body } from "../codecs/json-text.ts";
import { booleanField, textField, addressField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { invertKeywordField, keywordField } from "./keyword-fields.ts";
import { domainExpiryField } from "./network-fields.ts";

/** The protocol of gRPC's standard health checks. */
const healthProtobuf = `syntax = "proto3";
package grpc.health.v1;
service Health {
  rpc Check(HealthCheckRequest) returns (HealthCheckResponse);
}
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse {
  enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2; }
  ServingStatus status = 1;
}
`;

export const grpcKeyword = defineMonitorType({
  type: "grpc-keyword",
  summary: "Calls a gRPC method; up when the answer, as JSON, contains a text.",
  fields: {
    grpcUrl: addressField({
      title: "Address",
      description: "The host and port of the service, without a scheme.",
      examples: ["api.example.com:50051"],
    }),
    grpcEnableTls: booleanField({
      title: "TLS",
      description: "Connect with TLS.",
      default: false,
    }),
    grpcProtobuf: textField(
      {
        title: "Protocol",
        description: "The definition of the service, in the language of Protocol Buffers.",
        examples: [healthProtobuf],
      },
      { minLength: 1 },
    ),
    grpcServiceName: textField(
      {
        title: "Service",
        description: "The name of the service in the protocol, without its package.",
        examples: ["Health"],
      },
      { minLength: 1 },
    ),
    grpcMethod: textField(
      {
        title: "Method",
        description: "The method to call, in camelCase, whatever the protocol writes.",
        examples: ["check"],
      },
      { minLength: 1 },
    ),
    grpcBody: {
      codec: body,
      isSensitive: true,
      schema: {
        title: "Body",
        description: "The request: a mapping, or the text of a JSON object.",
        type: ["object", "string"],
        examples: [{ service: "" }],
      },
    },
    keyword: keywordField("The text to look for in the answer, which is JSON without spaces; case counts."),
    invertKeyword: invertKeywordField,
    domainExpiryNotification: domainExpiryField,
  },
  // The form accepts an empty protocol and body, but the check fails without them.
  required: ["grpcUrl", "grpcProtobuf", "grpcServiceName", "grpcMethod", "grpcBody", "keyword"],
  example: {
    name: "API",
    type: "grpc-keyword",
    grpcUrl: "api.example.com:50051",
    grpcProtobuf: healthProtobuf,
    grpcServiceName: "Health",
    grpcMethod: "check",
    grpcBody: { service: "" },
    keyword: "SERVING",
  },
});
