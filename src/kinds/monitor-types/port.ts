import { booleanField, pemField, wordField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

/** Named as in RFC 8446, section 6. */
const tlsAlerts = [
  "none",
  "certificate_required",
  "bad_certificate",
  "certificate_unknown",
  "unknown_ca",
  "access_denied",
  "handshake_failure",
  "certificate_expired",
  "certificate_revoked",
];

export const port = defineMonitorType({
  type: "port",
  summary: "Opens a TCP connection; from 2.1 on also checks TLS.",
  fields: {
    hostname: hostnameField,
    port: portField("The TCP port.", { examples: [5432] }),
    // The column is older, but this type uses it only from 2.1 on.
    smtpSecurity: wordField(
      {
        title: "TLS",
        description:
          "Whether the certificate is checked: at once (secure), after STARTTLS, or not at all (nostarttls).",
        default: "nostarttls",
        since: [2, 1, 0],
      },
      ["nostarttls", "secure", "starttls"],
    ),
    expiryNotification: booleanField({
      title: "Certificate expiry notification",
      description: "Check the certificate and notify before it runs out; needs `smtpSecurity`.",
      default: false,
      since: [2, 1, 0],
    }),
    expectedTlsAlert: wordField(
      {
        title: "Expected TLS alert",
        description: "Up only when the server refuses the handshake with this alert, as a server does that wants mTLS.",
        default: "none",
        since: [2, 1, 0],
      },
      tlsAlerts,
    ),
    tlsCert: pemField({
      title: "Client certificate",
      description: "Used with `expectedTlsAlert`, in PEM.",
      since: [2, 1, 0],
    }),
    tlsKey: pemField({
      title: "Client key",
      description: "Used with `expectedTlsAlert`, in PEM.",
      isSensitive: true,
      since: [2, 1, 0],
    }),
    tlsCa: pemField({
      title: "Certificate authority",
      description: "Used with `expectedTlsAlert`, in PEM.",
      since: [2, 1, 0],
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname", "port"],
  example: { name: "Database", type: "port", hostname: "db.example.com", port: 5432 },
});
