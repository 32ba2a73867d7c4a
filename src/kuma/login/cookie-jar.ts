/** The cookies of one server, for one login (docs/upstream/uptime-kuma.md#sign-in-of-3x). */

/** The same name with the prefix that browsers reserve for https, should a release use it. */
const sessionName = /^(?:__Secure-)?better-auth\.session_token$/u;

export class CookieJar {
  readonly #values = new Map<string, string>();

  /** Takes over the `Set-Cookie` headers of a reply. It may set one cookie twice, and the last one counts. */
  take(headers: readonly string[] = []): void {
    for (const header of headers) {
      const [pair = "", ...attributes] = header.split(";");
      const at = pair.indexOf("=");
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1).trim();
      if (at < 1) continue;
      if (value === "" || attributes.some(isExpiry)) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  /** The session that somebody else opened; the value as a browser shows it. */
  takeSession(value: string): void {
    this.#values.set("better-auth.session_token", value);
  }

  get hasSession(): boolean {
    return [...this.#values.keys()].some((name) => sessionName.test(name));
  }

  /** The `Cookie` header; undefined without cookies. */
  get header(): string | undefined {
    if (this.#values.size === 0) return undefined;
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** What must never be printed: each value, as it is sent and decoded. */
  get secrets(): readonly string[] {
    return [...this.#values.values()].flatMap((value) => [value, decoded(value)]);
  }
}

function isExpiry(attribute: string): boolean {
  return /^\s*max-age\s*=\s*(?:0|-\d+)\s*$/iu.test(attribute);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
