import type { ExperimentCase, Sample } from "./experiment-case.ts";

/** What a broken service, or a proxy in front of it, answers with status 200 (docs/upstream/jsonata.md#dead-bodies). */
const bodies: readonly (readonly [name: string, body: string, contentType?: string])[] = [
  ["empty body", "", "text/plain"],
  [
    "HTML page",
    "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in</body></html>",
    "text/html",
  ],
  ["plain text error", "Internal Server Error", "text/plain"],
  ["JSON null", "null"],
  ["empty object", "{}"],
  ["empty list", "[]"],
  ["empty JSON text", '""'],
  ["JSON false", "false"],
  ["JSON 0", "0"],
  ["error text", '{"error":"upstream unavailable"}'],
  ["error object", '{"error":{"message":"upstream unavailable","type":"server_error","code":503}}'],
  ["detail", '{"detail":"Not authenticated"}'],
  ["message and code", '{"message":"Service Unavailable","code":503}'],
  ["status error", '{"status":"error"}'],
  ["success false", '{"success":false}'],
  ["list of errors", '{"errors":[{"message":"upstream unavailable"}]}'],
];

export const deadBodies: readonly ExperimentCase[] = bodies.map(([name, body, contentType]) => ({
  group: "dead",
  name,
  body,
  status: 200,
  ...(contentType !== undefined && { contentType }),
}));

/**
 * Pages that contain common keywords: `ok` is part of "cookie" and "token", `up` of "sign up". For a query, which needs
 * JSON, they are like any other page.
 */
const pages: readonly (readonly [name: string, html: string])[] = [
  [
    "login page",
    '<!doctype html><html lang="en"><head><title>Log in</title></head><body><h1>Welcome back</h1><form method="post" action="/login">' +
      '<input type="hidden" name="csrf_token" value="k3"><label>Password <input type="password" required></label>' +
      "<button>Log in to your account</button><p>Not a member? Sign up. Forgot your password?</p>" +
      "<p>This website uses cookies to keep you signed in.</p></form></body></html>",
  ],
  [
    "maintenance page",
    "<!doctype html><html><head><title>Maintenance</title></head><body><h1>Service unavailable</h1><p>The server is down for " +
      "maintenance. We will be back online soon, and everything will be up and running again. Check our status page for " +
      "updates, or contact support. Thank you for your patience.</p></body></html>",
  ],
  [
    "page of a web app without its server",
    '<!doctype html><html><head><title>App</title><script>window.config={"production":true};document.addEventListener(' +
      '"DOMContentLoaded",()=>{})</script></head><body><noscript>You need to enable JavaScript to run this app.</noscript>' +
      '<div id="root">Loading…</div></body></html>',
  ],
];

export const pagesWithWords: readonly ExperimentCase[] = pages.map(([name, body]) => ({
  group: "dead",
  name,
  body,
  status: 200,
  contentType: "text/html",
}));

/** The status codes that services and proxies usually send with such bodies. */
const usualStatus: readonly (readonly [name: string, status: number, body?: string, contentType?: string])[] = [
  ["empty body", 502],
  ["HTML page", 401],
  ["plain text error", 500],
  ["error text", 502],
  ["error object", 503],
  ["detail", 401],
  ["message and code", 503],
  ["status error", 500],
  ["list of errors", 400],
  ["page of a gateway", 502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", "text/html"],
  ["text of a gateway", 503, "no available server\n", "text/plain"],
  ["text of a router without a route", 404, "404 page not found\n", "text/plain"],
];

/** Only used for monitors that accept the status. */
export const deadWithStatus: readonly ExperimentCase[] = usualStatus.map(([name, status, body, contentType]) => {
  const known = deadBodies.find((one) => one.name === name);
  return {
    group: "dead",
    body: "",
    ...known,
    ...(body === undefined ? {} : { body, contentType }),
    name: `${name} with status ${status}`,
    status,
  } as const;
});

/** A monitor that is up for one of these watches nothing, because every proxy can send them. */
export const decisiveDeadBodies: readonly string[] = ["empty body", "HTML page", "JSON null"];

/** The sample, cut off as by a broken connection. */
export function cutBodies(sample: Sample): readonly ExperimentCase[] {
  const cut = [
    ["sample cut in the middle", sample.body.slice(0, Math.floor(sample.body.length / 2))],
    ["sample without its last character", sample.body.trimEnd().slice(0, -1)],
  ] as const;
  return cut.map(([name, body]) => ({ ...sample, group: "dead", name, body }));
}
