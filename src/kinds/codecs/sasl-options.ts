/**
 * How a Kafka client logs in: one mechanism and its credentials. The form leaves the credentials of a mechanism in place
 * when another is picked; what the client does not read under the one that is does not count.
 */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { toText } from "./text.ts";

/** What kafkajs reads (src/broker/saslAuthenticator); `plain` sends an identity on, which its form does not show. */
const credentialsOf: Readonly<Record<string, readonly string[]>> = {
  None: [],
  plain: ["username", "password", "authorizationIdentity"],
  "scram-sha-256": ["username", "password"],
  "scram-sha-512": ["username", "password"],
  aws: ["authorizationIdentity", "accessKeyId", "secretAccessKey", "sessionToken"],
};

export const saslMechanisms = Object.keys(credentialsOf);
export const saslCredentials = [...new Set(Object.values(credentialsOf).flat())];

/** An empty one is sent as it is, and a missing one is an error; elsewhere the two are the same. */
const mayBeEmpty: readonly string[] = ["username", "password"];

/**
 * Canonical: `mechanism` and its credentials; null for no object, which on the server is an error and not another way to
 * say `None`.
 */
export const saslOptions: Codec = {
  normalise: toSaslOptions,
  fromKuma: (wire) => toSaslOptions(wire),
  toKuma: (canonical) => canonical,
};

function toSaslOptions(value: Json | undefined): JsonObject | null {
  if (!isJsonObject(value)) return null;
  const mechanism = toText(value["mechanism"]) ?? "";
  const names = Object.hasOwn(credentialsOf, mechanism) ? (credentialsOf[mechanism] ?? []) : [];
  const given = names.flatMap((name): [string, Json][] => {
    const credential = toText(value[name]);
    return credential === null || (credential === "" && !mayBeEmpty.includes(name)) ? [] : [[name, credential]];
  });
  return { mechanism, ...Object.fromEntries(given) };
}
