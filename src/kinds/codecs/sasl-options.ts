/**
 * How a Kafka client logs in: a mechanism and its credentials. The form keeps the credentials of the old mechanism when
 * another one is chosen. Credentials that the chosen mechanism does not use are ignored.
 */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { toText } from "./text.ts";

/**
 * The credentials that kafkajs reads (src/broker/saslAuthenticator). `plain` also sends an identity, which the form
 * does not show.
 */
const credentialsOf: Readonly<Record<string, readonly string[]>> = {
  None: [],
  plain: ["username", "password", "authorizationIdentity"],
  "scram-sha-256": ["username", "password"],
  "scram-sha-512": ["username", "password"],
  aws: ["authorizationIdentity", "accessKeyId", "secretAccessKey", "sessionToken"],
};

export const saslMechanisms = Object.keys(credentialsOf);
export const saslCredentials = [...new Set(Object.values(credentialsOf).flat())];

/** These may be sent empty, while a missing one is an error. For the others, empty and missing are the same. */
const mayBeEmpty: readonly string[] = ["username", "password"];

/**
 * Canonical: `mechanism` and its credentials. Null if there is no object, which on the server is an error and not the
 * same as `None`.
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
