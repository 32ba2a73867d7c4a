/** The page shows what `import --factor` writes for three servers. `KUMA_SYNC_UPDATE_DOCS=1` writes it into the page. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openWorkspace } from "../commands/workspace.ts";
import { meaning } from "../config/rendered/rendered-text.ts";

const page = new URL("../../docs/shorter-import.md", import.meta.url);
const shown = /(?<=^<!-- (\w+) -->\n```yaml\n)[^]*?(?=^```$)/gmu;

const head = "version: 1\nproject: shop\n";
const slack = "notifications: { on-call: { name: On call, type: slack, slackwebhookURL: https://hooks.example/x } }\n";
const lines = (rows: readonly string[]): string => rows.map((row) => `  ${row}\n`).join("");

/** As people have them on their servers: a list of customers' sites, a homelab, the maps of a Terraform module. */
const servers: Readonly<Record<string, string>> = {
  sites: `${head}${slack}tags: { customer: { color: "#2563EB" } }
monitors:
${lines(
  Array.from({ length: 60 }, (_, index) => {
    const name = `Customer ${index + 1}`;
    return `site-${index + 1}: { name: ${name}, type: http, url: "https://customer-${index + 1}.example/", interval: 5m, maxRetries: 2, timeout: 20s, tags: [customer], notifications: [on-call] }`;
  }),
)}`,
  homelab: `${head}${slack}tags: { media: { color: "#DB2777" }, infra: { color: "#059669" }, public: { color: "#D97706" } }
monitors:
  media: { name: Media, type: group, notifications: [on-call] }
  infra: { name: Infrastructure, type: group, notifications: [on-call] }
${lines(
  [
    "jellyfin: timeout: 1m",
    "photos: maxRedirects: 2",
    "books: ignoreTls: true",
    "music: description: Asks the player",
  ].map((text) => {
    const [name = "", ...own] = text.split(": ");
    return `${name}: { type: http, parent: media, url: "https://${name}.home.example/health", interval: 5m, maxRetries: 3, tags: [media], acceptedStatusCodes: [200], ${own.join(": ")} }`;
  }),
)}${lines(
    ["blog", "shop", "wiki"].map(
      (name) =>
        `${name}-public: { type: http, url: "https://${name}.example.com/", interval: 2m, maxRetries: 1, ignoreTls: true, tags: [public], notifications: [on-call] }`,
    ),
  )}${lines(
    ["router", "switch", "nas", "printer"].map(
      (name, index) =>
        `${name}: { type: ping, parent: infra, hostname: 192.0.2.${index + 1}, interval: 2m, maxRetries: 5, tags: [infra] }`,
    ),
  )}  dns: { type: dns, parent: infra, hostname: home.example, dnsResolveServer: 192.0.2.2, tags: [infra] }
  ssh: { type: port, parent: infra, hostname: 192.0.2.10, port: 22, tags: [infra] }
`,
  terraform: `${head}${slack}
monitors:
  proxmox: { name: Proxmox Nodes, type: group, notifications: [] }
  sites: { name: Sites, type: group, notifications: [] }
${lines(
  ["pve1", "pve2", "pve3"].map(
    (name) =>
      `proxmox-${name}: { name: Proxmox ${name}, type: push, parent: proxmox, interval: 10m, maxRetries: 1, notifications: [on-call], pushToken: "${name}aaaaaaaaaaaaaaaaaaaaaaaaaaaa" }`,
  ),
)}${lines(
    ["www", "blog", "docs", "status"].map(
      (name) =>
        `sites-${name}: { name: ${name}.example.com, type: http, parent: sites, url: "https://${name}.example.com", interval: 2m, ignoreTls: true, notifications: [on-call] }`,
    ),
  )}`,
};

/** The first lines of a long file. */
function begin(text: string): string {
  const all = text
    .replaceAll(/^#.*\n/gmu, "")
    .trim()
    .split("\n");
  if (all.length <= 110) return `${all.join("\n")}\n`;
  return `${all.slice(0, all.lastIndexOf("", 56)).join("\n")}\n\n  # … and so on\n`;
}

describe.each(Object.entries(servers))("%s", (name, yaml) => {
  test("is what the page shows, and says the same as the plain import", { timeout: 120_000 }, async () => {
    const { run, folder } = await openWorkspace(yaml);
    expect(await run(["apply", "--auto-approve", "--no-test"])).toMatchObject({ code: 0 });
    await run(["import", "--project", "shop", "--out", "plain.yaml", "--secrets-file", "secrets.env"]);
    await run(["import", "--project", "shop", "--factor", "--out", "factored.yaml"]);
    const [plain, factored] = ["plain.yaml", "factored.yaml"].map((file) => readFileSync(join(folder, file), "utf8"));
    if (plain === undefined || factored === undefined) throw new Error("nothing was written");
    const secrets = readFileSync(join(folder, "secrets.env"), "utf8").matchAll(/^([A-Z0-9_]+)=(.*)$/gmu);
    const env = Object.fromEntries([...secrets].map(([, key = "", value = ""]) => [key, value]));
    expect(await meaning({ text: factored, cwd: folder, env })).toBe(await meaning({ text: plain, cwd: folder, env }));
    expect(await run(["plan", "-f", "factored.yaml", "-e", "secrets.env", "--detailed-exitcode"])).toMatchObject({
      code: 0,
    });

    const counts = `${plain.split("\n").length} lines → ${factored.split("\n").length} lines`;
    const text = readFileSync(page, "utf8");
    const isUpdate = process.env["KUMA_SYNC_UPDATE_DOCS"] === "1";
    const updated = text.replaceAll(shown, (found, block: string) => (block === name ? begin(factored) : found));
    const counted = updated.replace(new RegExp(`(?<=<!-- ${name} lines -->).*`, "u"), ` ${counts}`);
    if (isUpdate) writeFileSync(page, counted);
    expect(isUpdate ? counted : text).toBe(counted);
  });
});
