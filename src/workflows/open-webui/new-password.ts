import { randomBytes } from "node:crypto";

/** A password for an account of ours; of all kinds of characters, because servers refuse weak ones. */
export function newPassword(): string {
  return `Aa1-${randomBytes(24).toString("base64url")}`;
}
