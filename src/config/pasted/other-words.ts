/** Words that people write for the values of a field with few values, and what the server would do with any other. */
import { plainName } from "./plain-name.ts";

interface ClosedField {
  /** By value, spelled as by `plainName`. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Follows `"field" cannot be "x"`. */
  readonly otherwise: string;
}

const fields: Readonly<Record<string, ClosedField>> = {
  // docs/upstream/uptime-kuma.md#sftp
  sshAuthMethod: {
    words: {
      password: ["pass", "passwd", "pwd", "basic", "keyboardinteractive", "interactive"],
      privateKey: ["key", "sshkey", "publickey", "pubkey", "keyfile", "identity", "identityfile", "rsa", "ed25519"],
    },
    otherwise: "Uptime Kuma would log in with the password",
  },
};

export interface OtherWord {
  readonly meant?: string;
  readonly otherwise: string;
}

/** Undefined for fields about which nothing is known. */
export function otherWord(field: string, written: string): OtherWord | undefined {
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known === undefined) return undefined;
  const plain = plainName(written);
  const meant = Object.entries(known.words).find(
    ([value, words]) => plainName(value) === plain || words.includes(plain),
  );
  return { otherwise: known.otherwise, ...(meant === undefined ? {} : { meant: meant[0] }) };
}
