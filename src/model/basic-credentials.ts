/** What follows `Basic ` in an Authorization header (RFC 7617). `pair` is `user:password`. */
export function basicCredentials(pair: string): string {
  return Buffer.from(pair).toString("base64");
}
