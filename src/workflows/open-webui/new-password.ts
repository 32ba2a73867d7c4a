import { randomBytes } from "node:crypto";

/** A random password for a new account. It has all kinds of characters, because servers refuse weak passwords. */
export function newPassword(): string {
  return `Aa1-${randomBytes(24).toString("base64url")}`;
}
