/** The schema of one server under `targets:`. */
import type { JsonSchema } from "../../kinds/field.ts";

/** Only capitals, which hardly any password consists of. */
const environmentName = { type: "string", pattern: "^[A-Z_][A-Z0-9_]*$" } as const;

export const targetSchema = {
  type: "object",
  properties: {
    url: {
      type: "string",
      // A user and password in the URL would appear in plans and logs.
      pattern: String.raw`^(https?|wss?)://[^/@\s]+(/[^@\s]*)?$`,
      description: "The address of the Uptime Kuma. KUMA_SYNC_<TARGET>_URL takes precedence.",
      examples: ["https://kuma.example"],
    },
    username: {
      type: "string",
      minLength: 1,
      description: "The user to log in as. KUMA_SYNC_<TARGET>_USERNAME takes precedence.",
      examples: ["admin"],
    },
    passwordEnv: {
      ...environmentName,
      description: "The environment variable with the password, in place of KUMA_SYNC_<TARGET>_PASSWORD.",
      examples: ["KUMA_PROD_PASSWORD"],
    },
    tokenEnv: {
      ...environmentName,
      description: "The environment variable with a session token, in place of KUMA_SYNC_<TARGET>_TOKEN.",
      examples: ["KUMA_PROD_TOKEN"],
    },
    totpSecretEnv: {
      ...environmentName,
      description:
        "The environment variable with the second factor's secret, in place of KUMA_SYNC_<TARGET>_TOTP_SECRET.",
      examples: ["KUMA_PROD_TOTP_SECRET"],
    },
    vars: {
      type: ["object", "null"],
      description:
        "Values for ${var:name} on this server, in addition to the common ones. --var NAME=VALUE takes precedence over both.",
      additionalProperties: { type: ["string", "number", "boolean"] },
      examples: [{ domain: "staging.example" }],
    },
    overrides: {
      type: ["object", "null"],
      description: "Fields that differ on this server, by full key. The type cannot differ.",
      propertyNames: { pattern: "^[a-z-]+/" },
      additionalProperties: { type: ["object", "null"] },
      examples: [{ "monitor/api": { interval: "5m" } }],
    },
  },
  additionalProperties: false,
} as const satisfies JsonSchema;
