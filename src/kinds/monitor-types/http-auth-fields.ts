/** How http, keyword and json-query monitors log in. `authMethod` decides which of the other fields are used. */
import { nullAs } from "../codecs/null-as.ts";
import { optionalText } from "../codecs/text.ts";
import { optionalWordField, pemField, textField, wordField, urlField } from "../field-shapes.ts";
import type { Fields } from "../field.ts";

export const httpAuthFields = {
  authMethod: optionalWordField(
    {
      title: "Authentication",
      description: "How the request is authenticated. Without it, credentials in the fields below are not used.",
      examples: ["basic"],
      // Older servers accept the word and send no credentials.
      valuesSince: { bearer: [2, 4, 0] },
    },
    ["basic", "bearer", "oauth2-cc", "ntlm", "mtls"],
  ),
  basicAuthUser: textField({
    kuma: "basic_auth_user",
    title: "User name",
    description: "For basic and, where it is offered, ntlm.",
    examples: ["monitoring"],
  }),
  basicAuthPass: textField({
    kuma: "basic_auth_pass",
    title: "Password",
    description: "For basic and, where it is offered, ntlm.",
    examples: ["${env:API_PASSWORD}"],
    isSensitive: true,
  }),
  bearerToken: textField({
    kuma: "bearer_token",
    title: "Bearer token",
    description: "For bearer. On servers before 2.4 write an Authorization header instead.",
    examples: ["${env:API_TOKEN}"],
    isSensitive: true,
    since: [2, 4, 0],
  }),
  oauthAuthMethod: wordField(
    {
      kuma: "oauth_auth_method",
      title: "OAuth client authentication",
      description: "For oauth2-cc: how the client names itself to the token endpoint.",
      default: "client_secret_basic",
      // NULL is an error only if the field is used; otherwise the server ignores it.
      codec: nullAs("client_secret_basic", optionalText, ({ authMethod }) => authMethod !== "oauth2-cc"),
    },
    ["client_secret_basic", "client_secret_post"],
  ),
  oauthTokenUrl: urlField(
    {
      kuma: "oauth_token_url",
      title: "OAuth token URL",
      description: "For oauth2-cc: where tokens are fetched.",
      examples: ["https://login.example.com/oauth/token"],
    },
    {},
  ),
  oauthClientId: textField({
    kuma: "oauth_client_id",
    title: "OAuth client id",
    description: "For oauth2-cc.",
    examples: ["uptime-kuma"],
  }),
  oauthClientSecret: textField({
    kuma: "oauth_client_secret",
    title: "OAuth client secret",
    description: "For oauth2-cc.",
    examples: ["${env:OAUTH_SECRET}"],
    isSensitive: true,
  }),
  oauthScopes: textField({
    kuma: "oauth_scopes",
    title: "OAuth scopes",
    description: "For oauth2-cc: scopes, with spaces between them.",
    examples: ["read:health"],
  }),
  oauthAudience: textField({
    kuma: "oauth_audience",
    title: "OAuth audience",
    description: "For oauth2-cc: the audience that tokens are asked for.",
    examples: ["https://api.example.com"],
    since: [2, 0, 0],
  }),
  authDomain: textField({
    title: "NTLM domain",
    description: "For ntlm.",
    examples: ["EXAMPLE"],
  }),
  authWorkstation: textField({
    title: "NTLM workstation",
    description: "For ntlm.",
    examples: ["KUMA"],
  }),
  tlsCert: pemField({
    title: "Client certificate",
    description: "For mtls, in PEM.",
  }),
  tlsKey: pemField({
    title: "Client key",
    description: "For mtls, in PEM.",
    isSensitive: true,
  }),
  tlsCa: pemField({
    title: "Certificate authority",
    description: "For mtls, in PEM: what the server's certificate is checked against.",
  }),
} satisfies Fields;
