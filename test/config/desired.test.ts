import { describe, expect, test } from "vitest";
import { toDesired } from "../../src/config/desired.ts";
import { loadConfig } from "./load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { KindRegistry, Variant } from "../../src/kinds/kind.ts";
import type { DesiredEntity } from "../../src/model/entity.ts";
import type { ServerInfo } from "../../src/model/kuma-client.ts";
import { findingLine, loadText } from "./load-text.ts";
import { newestTested, newestTestedVersion, type Release } from "../../src/model/release.ts";

function serverOf(release: Release, limits: Partial<ServerInfo["capabilities"]> = {}): ServerInfo {
  const isTwo = release[0] >= 2;
  const capabilities = {
    release,
    hasConditions: isTwo,
    hasDeltas: isTwo,
    writeWindow: 1,
    minInterval: 20,
    maxInterval: 2_073_600,
    minRetryInterval: 0,
    ...limits,
  };
  return { url: "http://127.0.0.1:3001", version: release.join("."), capabilities, isTested: true };
}

const head = "version: 1\nproject: demo\n";

async function desiredOf(text: string, server?: ServerInfo): Promise<ReadonlyMap<string, DesiredEntity>> {
  const config = await loadText(head + text);
  expect(config.findings.filter(({ code }) => code !== "KS1628")).toEqual([]);
  return toDesired(config, server).desired.entities;
}

async function serverFindings(text: string, server: ServerInfo): Promise<string[]> {
  const config = await loadText(head + text);
  return toDesired(config, server).findings.map(findingLine);
}

describe("the desired state", () => {
  test("has defaults under what is written, durations in seconds, and the key for a name", async () => {
    const entities = await desiredOf(`
defaults: { monitor: { interval: 5m, maxRetries: 3, acceptedStatusCodes: ["200"], keyword: x } }
monitors:
  web: { type: http, url: https://x.example, maxRetries: 1 }
  all: { type: group, name: All, interval: 1h }
`);
    const web = entities.get("monitor/web");
    expect(web?.spec).toMatchObject({
      type: "http",
      name: "web",
      interval: 300,
      maxRetries: 1,
      acceptedStatusCodes: ["200"],
      method: "GET",
      upsideDown: false,
    });
    expect(web?.spec).not.toHaveProperty("keyword");
    expect(web?.defaulted).toContain("/method");
    expect(web?.defaulted).not.toContain("/interval");
    expect(web?.defaulted).not.toContain("/name");
    const all = entities.get("monitor/all");
    expect(all).toMatchObject({ name: "All", kind: "monitor" });
    expect(all?.spec).toMatchObject({ interval: 3600, maxRetries: 3 });
    expect(all?.spec).not.toHaveProperty("acceptedStatusCodes");
  });

  test("keeps the order of the file and the place of each entity", async () => {
    const entities = await desiredOf(`monitors:
  z: { type: group }
  a: { type: group, parent: z }
tags:
  t: {}
`);
    expect([...entities.keys()]).toEqual(["monitor/z", "monitor/a", "tag/t"]);
    expect(entities.get("monitor/a")?.at).toEqual({ file: "<stdin>", line: 5, column: 3, endLine: 5, endColumn: 4 });
  });

  test("has references as keys, with their places", async () => {
    const entities = await desiredOf(`monitors:
  g: { type: group }
  a: { type: group, parent: g, notifications: [{ name: By hand }, n], tags: [{ t: core }] }
notifications: { n: { type: webhook, webhookURL: https://x.example } }
tags: { t: {} }
`);
    const references = entities.get("monitor/a")?.references ?? [];
    expect(references.map(({ kind, to }) => [kind, to])).toEqual(
      expect.arrayContaining([
        ["monitor", "monitor/g"],
        ["notification", "notification/n"],
        ["notification", { name: "By hand" }],
        ["tag", "tag/t"],
      ]),
    );
    expect(references).toHaveLength(4);
  });

  test("marks what the kind calls sensitive and what came from outside", async () => {
    const entities = await desiredOf(`
vars: { hidden: "\${env:TOKEN}" }
defaults: { monitor: { description: "\${var:hidden}" } }
monitors:
  a:
    type: http
    url: https://x.example/\${env:PORT}
    headers: { A: b }
    acceptedStatusCodes: ["\${env:CODE:-500}", "200-299"]
  b: { type: group, description: own, name: "\${env:TOKEN}" }
notifications:
  n: { type: something-new, url: "https://\${env:HOST}" }
`);
    expect(entities.get("monitor/a")?.sensitive).toEqual(
      expect.arrayContaining(["/headers", "/url", "/description", "/acceptedStatusCodes"]),
    );
    const { sensitive } = entities.get("monitor/b") ?? {};
    expect(sensitive).toContain("/name");
    expect(sensitive).not.toContain("/description");
    expect(entities.get("notification/n")?.sensitive).toContain("/settings");
  });

  test("knows a proxy by its address, which is secret when a part of it is", async () => {
    const entities = await desiredOf(`
proxies:
  open: { host: p.example, port: 3128, username: bot, password: "\${env:TOKEN}" }
  hidden: { host: "\${env:HOST}", port: 3128 }
monitors:
  a: { type: http, url: https://x.example, proxy: open }
  b: { type: http, url: https://x.example, proxy: { name: "http://by-hand:1" } }
`);
    const open = entities.get("proxy/open");
    expect(open?.name).toBe("https://bot@p.example:3128");
    expect(open?.spec).not.toHaveProperty("name");
    expect(open?.sensitive).toEqual(["/password"]);
    expect(entities.get("proxy/hidden")?.sensitive).toEqual(expect.arrayContaining(["/name", "/host"]));
    expect(entities.get("monitor/a")?.references).toMatchObject([{ at: "/proxy", kind: "proxy", to: "proxy/open" }]);
    expect(entities.get("monitor/b")?.references).toMatchObject([{ to: { name: "http://by-hand:1" } }]);
  });

  test("a text that is one expression may be a number or a boolean", async () => {
    const entities = await desiredOf(`monitors:
  db: { type: port, hostname: db.example, port: "\${env:PORT}", upsideDown: "\${env:FLAG}", description: "\${env:PORT}" }
`);
    expect(entities.get("monitor/db")?.spec).toMatchObject({ port: 8443, upsideDown: true, description: "8443" });
  });

  test("a comparison value is the text that was written", async () => {
    const entities = await desiredOf(`monitors:
  a: { type: json-query, url: https://x.example, expectedValue: true }
  b: { type: json-query, url: https://x.example, expectedValue: 3000000000 }
`);
    expect(entities.get("monitor/a")?.spec["expectedValue"]).toBe("true");
    expect(entities.get("monitor/b")?.spec["expectedValue"]).toBe("3000000000");
  });

  test("leaves out what is newer than the server", async () => {
    const text =
      "monitors: { a: { type: json-query, url: https://x.example, expectedValue: ok, jsonPathOperator: == } }\n";
    const old = (await desiredOf(text, serverOf([1, 23, 17]))).get("monitor/a");
    expect(old?.spec).not.toHaveProperty("jsonPathOperator");
    expect(old?.spec).not.toHaveProperty("saveResponse");
    const current = (await desiredOf(text, serverOf([2, 5, 3]))).get("monitor/a");
    expect(current?.spec).toMatchObject({ jsonPathOperator: "==", saveResponse: false });
  });
});

describe("what only a server can say", () => {
  test("a field, a value or an operator that came later", async () => {
    const text = `monitors:
  a: { type: http, url: https://x.example, cacheBust: true, saveResponse: false, httpBodyEncoding: form }
  b: { type: json-query, url: https://x.example, expectedValue: 5, jsonPathOperator: ">" }
`;
    expect(await serverFindings(text, serverOf([2, 5, 3]))).toEqual([]);
    expect(await serverFindings(text, serverOf([1, 23, 17]))).toEqual([
      '<stdin>:4:44: error: "cacheBust" came with Uptime Kuma 2.0.0, and the server is 1.23.17 [KS2001] (leave it out, or update the server)',
      '<stdin>:4:100: error: "httpBodyEncoding: form" came with Uptime Kuma 2.0.0, and the server is 1.23.17 [KS2001] (leave it out, or update the server)',
      '<stdin>:5:68: error: "jsonPathOperator" came with Uptime Kuma 2.0.0, and the server is 1.23.17 [KS2001] (leave it out and compare inside the query: $count(data) > 2, expected true)',
    ]);
  });

  test("a default is for the types that have its field on this server", async () => {
    const text = `${head}defaults: { monitor: { expiryNotification: true, cacheBust: true } }
monitors:
  web: { type: http, url: https://x }
  tcp: { type: port, hostname: x, port: 1 }
`;
    expect(await serverFindings(text, serverOf([2, 5, 3]))).toEqual([]);
    // Of two types that a default is for, 1.23 knows expiryNotification for http, and cacheBust for none.
    expect(await serverFindings(text, serverOf([1, 23, 17]))).toEqual([
      '<stdin>:5:50: error: "cacheBust" came with Uptime Kuma 2.0.0, and the server is 1.23.17 [KS2001] (leave it out, or update the server) {used by "web": 7:3}',
    ]);
    const own = `${head}monitors:\n  tcp: { type: port, hostname: x, port: 1, expiryNotification: true }\n`;
    expect(await serverFindings(own, serverOf([1, 23, 17]))).toEqual([
      '<stdin>:6:44: error: "expiryNotification" of type port came with Uptime Kuma 2.1.0, and the server is 1.23.17 [KS2001] (leave it out, or update the server)',
    ]);
  });

  test("servers before 2.1 take one IP address as resolver", async () => {
    const text = `${head}monitors:
  one: { type: dns, hostname: x, dnsResolveServer: " [::1] " }
  usual: { type: dns, hostname: x }
  list: { type: dns, hostname: x, dnsResolveServer: "1.1.1.1, 8.8.8.8" }
  name: { type: dns, hostname: x, dnsResolveServer: dns.google }
  six: { type: dns, hostname: x, dnsResolveServer: "2606:4700:4700::1111" }
`;
    expect(await serverFindings(text, serverOf([2, 1, 0]))).toEqual([]);
    expect(await serverFindings(text, serverOf([1, 23, 17]))).toEqual([
      "<stdin>:8:53: error: a list of resolvers came with Uptime Kuma 2.1.0, and the server is 1.23.17 [KS2001] (write one IP address, or update the server)",
      "<stdin>:9:53: error: the name of a resolver came with Uptime Kuma 2.1.0, and the server is 1.23.17 [KS2001] (write one IP address, or update the server)",
    ]);
  });

  test("a type that came later", async () => {
    const monitor = kinds.get("monitor");
    const group = monitor?.variant("group");
    if (monitor === undefined || group === undefined) throw new Error("no groups");
    const later: Variant = { ...group, type: "later", since: [2, 5, 0] };
    const registry: KindRegistry = new Map([
      ...kinds,
      ["monitor", { ...monitor, variants: [later], variant: () => later }],
    ]);
    const text = `${head}monitors: { a: { type: later } }\n`;
    const readStdin = (): Promise<string> => Promise.resolve(text);
    const config = await loadConfig({ paths: ["-"], cwd: "/", env: {}, vars: {}, readStdin }, registry);
    expect(toDesired(config, serverOf([2, 4, 0])).findings.map(findingLine)).toEqual([
      '<stdin>:3:24: error: type "later" came with Uptime Kuma 2.5.0, and the server is 2.4.0 [KS2002] (update the server, or leave it out)',
    ]);
    expect(toDesired(config, serverOf([2, 5, 0])).findings).toEqual([]);
  });

  test("a kind that came later", async () => {
    const text = "remoteBrowsers: { grid: { url: ws://x.example } }\n";
    expect(await serverFindings(text, serverOf([1, 23, 17]))).toEqual([
      "<stdin>:3:19: error: a remote-browser came with Uptime Kuma 2.0.0, and the server is 1.23.17 [KS2002] (update the server, or leave it out)",
    ]);
    expect(await serverFindings(text, serverOf([2, 0, 0]))).toEqual([]);
  });

  test("a type that came with a patch release, or after all that are known", async () => {
    const sftp =
      "monitors: { a: { type: sftp, hostname: h.example, sshUsername: u, sshPassword: p, notifications: [] } }\n";
    const said =
      '<stdin>:3:24: error: type "sftp" came with Uptime Kuma 2.5.4, and the server is 2.5.3 [KS2002] (update the server; until then, type: port with port: 22 shows whether anything answers)';
    expect(await serverFindings(sftp, serverOf([2, 5, 3]))).toEqual([said]);
    expect(await serverFindings(sftp, serverOf([2, 5, 4]))).toEqual([]);
    const indigo =
      "notifications: { a: { type: Indigo, indigoUrl: https://h.example, indigoApiKey: k, indigoVariableId: 7 } }\n";
    const after = `came after Uptime Kuma ${newestTestedVersion}, and the server is ${newestTestedVersion} [KS2002]`;
    expect(await serverFindings(indigo, serverOf(newestTested))).toEqual([expect.stringContaining(after)]);
    const later = { ...serverOf(newestTested), version: "2.9.0", isTested: false };
    expect(await serverFindings(indigo, later)).toEqual([expect.stringContaining("[KS2004]")]);
  });

  test("limits of the interval, reported once for a default", async () => {
    const text = `defaults: { monitor: { retryInterval: 0.5 } }
monitors:
  a: { type: group, interval: 10 }
  b: { type: group, interval: 30d }
  c: { type: group, interval: 20 }
`;
    expect(await serverFindings(text, serverOf([2, 0, 2]))).toEqual([
      '<stdin>:5:31: error: "interval" is 10s, and Uptime Kuma 2.0.2 takes no less than 20s [KS2003]',
      '<stdin>:6:31: error: "interval" is 30d, and Uptime Kuma 2.0.2 takes no more than 24d [KS2003]',
    ]);
    const newest = serverOf([2, 5, 3], { minInterval: 1, maxInterval: undefined, minRetryInterval: 1 });
    expect(await serverFindings(text, newest)).toEqual([
      '<stdin>:3:39: error: "retryInterval" is 0.5s, and Uptime Kuma 2.5.3 takes no less than 1s [KS2003] {used by "a", "b" and "c": 5:3}',
    ]);
  });

  test("an untested server version is a warning", async () => {
    const server = { ...serverOf([2, 5, 3]), version: "2.9.0", isTested: false };
    expect(await serverFindings("", server)).toEqual([
      "-: warning: Uptime Kuma 2.9.0 is newer than any version that was tested [KS2004] (look at the plan with care, and look for a newer kuma-sync)",
    ]);
  });
});
