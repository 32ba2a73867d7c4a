/**
 * Two addresses are the same server if scheme, host and port are equal, after normalising case, a dot at the end of the
 * name, default ports, spellings of IP addresses, and international names. ws counts as http and wss as https. The
 * path, user and password do not count.
 */

const httpSchemes: ReadonlyMap<string, string> = new Map([
  ["http:", "http:"],
  ["https:", "https:"],
  ["ws:", "http:"],
  ["wss:", "https:"],
]);

/** `https://kuma.example.com` or `http://127.0.0.1:3001`; undefined for text that is not an address of a server. */
export function originOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const scheme = httpSchemes.get(url?.protocol ?? "");
  if (url === undefined || scheme === undefined) return undefined;
  const hostname = url.hostname.replace(/(?<=[^.])\.$/u, "");
  if (hostname === "") return undefined;
  return `${scheme}//${hostname}${url.port === "" ? "" : `:${url.port}`}`;
}

/** Whether requests to this origin stay on this machine: `localhost`, names below it, 127.0.0.0/8 and ::1. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return (
    /(?:^|\.)localhost\.?$/u.test(hostname) ||
    /^127\.\d+\.\d+\.\d+$/u.test(hostname) ||
    /^\[(?:::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})\]$/u.test(hostname)
  );
}
