import { text } from "../codecs/text.ts";
import { booleanField, fieldsSince, optionalWordField, textField, urlField, webSocketUrl } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { httpAuthFields } from "./http-auth-fields.ts";
import { httpFields } from "./http-fields.ts";
import { domainExpiryField, timeoutField } from "./network-fields.ts";

const { authDomain: _ntlmDomain, authWorkstation: _ntlmWorkstation, ...authFields } = httpAuthFields;

export const websocketUpgrade = defineMonitorType({
  type: "websocket-upgrade",
  summary: "Opens a WebSocket and closes it; up when the close code is accepted.",
  since: [2, 1, 0],
  fields: {
    url: urlField(
      {
        title: "URL",
        description: "The address to connect to.",
        examples: ["wss://example.com/socket"],
      },
      webSocketUrl,
    ),
    wsSubprotocol: textField({
      title: "Subprotocols",
      description: "The subprotocols to offer, with commas between them.",
      default: "",
      examples: ["graphql-transport-ws"],
      // Null causes an SQL error.
      codec: text,
    }),
    wsIgnoreSecWebsocketAcceptHeader: booleanField({
      title: "Ignore Sec-WebSocket-Accept",
      description: "Take a wrong Sec-WebSocket-Accept header for a good one.",
      default: false,
    }),
    acceptedStatusCodes: {
      ...httpFields.acceptedStatusCodes,
      schema: {
        title: "Accepted close codes",
        description: "The close codes that count as up (RFC 6455, section 7.4): single codes and ranges.",
        type: "array",
        minItems: 1,
        items: {
          anyOf: [
            { type: "integer", minimum: 1000, maximum: 4999 },
            { type: "string", pattern: String.raw`^[1-4]\d{3}(-[1-4]\d{3})?$` },
          ],
        },
        default: ["1000"],
        examples: [["1000", 3000]],
      },
    },
    timeout: timeoutField(48),
    // Before 2.3, the type has neither headers nor a login.
    ...fieldsSince([2, 3, 0], {
      headers: httpFields.headers,
      ...authFields,
      authMethod: optionalWordField(
        {
          title: "Authentication",
          description: "How the request is authenticated. Without it, credentials in the fields below are not used.",
          examples: ["basic"],
          valuesSince: { bearer: [2, 4, 0] },
        },
        ["basic", "bearer", "oauth2-cc", "mtls"],
      ),
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["url"],
  example: { name: "Live updates", type: "websocket-upgrade", url: "wss://example.com/socket" },
});
