/** A file of another tool is one finding that names it. */
import { describe, expect, test } from "vitest";
import { parseYaml } from "../../../../src/config/source/parse-yaml.ts";
import { commands } from "../../../../src/cli/commands.ts";

const folder = { path: "/", root: "/" };

function saidOf(file: string, text: string): readonly string[] {
  return parseYaml(file, folder, text).findings.map(
    ({ at, code, message }) => `${at?.line ?? 0}:${at?.column ?? 0} ${code} ${message}`,
  );
}

const files: readonly (readonly [file: string, text: string, place: string, what: string])[] = [
  ["compose.yaml", "services:\n  web: { image: nginx }\n", "1:1", "a Compose file"],
  [
    "stack.yaml",
    "version: '3'\nservices:\n  web:\n    labels: [kuma.web.http.url=https://a.example]\n",
    "2:1",
    "a Compose file",
  ],
  ["a.yaml", "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n", "1:1", "a Kubernetes manifest (Service)"],
  [
    "a.yaml",
    "---\napiVersion: v1\nkind: Secret\n---\napiVersion: v1\nkind: Pod\n",
    "2:1",
    "a Kubernetes manifest (Secret)",
  ],
  ["Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n", "1:1", "the Chart.yaml of a Helm chart"],
  ["values.yaml", "replicaCount: 1\nimage: { repository: a }\n", "1:1", "the values of a Helm chart"],
  [
    "a.yaml",
    "endpoints:\n  - name: a\n    url: https://a\n    conditions: ['[STATUS] == 200']\n",
    "1:1",
    "a Gatus configuration",
  ],
  ["a.yaml", "alerting: { slack: { webhook-url: {{ HOOK }} } }\nendpoints: []\n", "2:1", "a Gatus configuration"],
  [".upptimerc.yml", "owner: a\nrepo: b\nsites:\n  - { name: a, url: https://a }\n", "3:1", "an Upptime configuration"],
  ["a.yaml", "modules:\n  http_2xx: { prober: http }\n", "1:1", "the configuration of Prometheus' blackbox exporter"],
  ["a.yaml", "scrape_configs: []\n", "1:1", "a Prometheus configuration"],
  ["a.yaml", "groups:\n  - name: a\n    rules: []\n", "1:1", "a file of Prometheus rules"],
  ["a.yaml", "route: {}\nreceivers: []\n", "2:1", "an Alertmanager configuration"],
  ["configuration.yaml", "default_config:\nsensor: !include s.yaml\n", "1:1", "a Home Assistant configuration"],
  ["a.json", '{ "version": 4, "terraform_version": "1.9", "resources": [] }\n', "1:17", "a Terraform state"],
  ["a.tf.json", '{ "resource": { "uptimekuma_tag": { "a": {} } } }\n', "1:3", "a Terraform configuration in JSON"],
  ["a.tfvars.json", '{ "a": 1 }\n', "1:3", "a file of Terraform variables"],
  ["a.tf", 'resource "uptimekuma_tag" "a" {\n  name = "a"\n}\n', "1:1", "a Terraform configuration (HCL)"],
  ["<stdin>", 'locals {\n  a = { b = "c" }\n}\n', "1:1", "a Terraform configuration (HCL)"],
  ["a.yml", "- hosts: all\n  tasks: []\n", "1:3", "an Ansible playbook"],
  ["a.yml", "- name: a\n  lucasheld.uptime_kuma.monitor: { name: a }\n", "2:3", "a list of Ansible tasks"],
  ["a.yml", "uptime_kuma_monitors: []\nsecret: !vault |\n  $ANSIBLE_VAULT;1.1\n", "1:1", "a file of Ansible variables"],
  ["a.yml", "$ANSIBLE_VAULT;1.1;AES256\n3132\n", "1:1", "a file that Ansible Vault has encrypted"],
  [
    "a.yml",
    "monitors: ENC[AES256_GCM,data:x]\nsops: { mac: ENC, version: 3.9.0 }\n",
    "2:1",
    "a file that SOPS has encrypted",
  ],
  [
    "a.json",
    '{ "version": "1.23.15", "notificationList": [], "monitorList": [] }\n',
    "1:49",
    "a backup of Uptime Kuma",
  ],
  ["a.json", '{ "monitorList": { "7": { "id": 7 } } }\n', "1:3", "a list that Uptime Kuma sends to its own pages"],
  ["a.json", '{ "type": "http", "name": "a", "url": "https://a" }\n', "1:3", "one http monitor without a key"],
  ["a.json", '[{ "type": "http", "name": "a" }, { "type": "ping" }]\n', "1:4", "a list of monitors without keys"],
  ["a.json", '{ "type": "notification", "config": {} }\n', "1:3", "one notification without a key"],
  ["a.toml", 'type = "http"\nurl = "https://a"\n', "1:1", "a TOML file"],
  ["<stdin>", '[a]\ntype = "http"\n', "1:1", "a TOML file"],
  ["plan.json", '{ "type": "kuma-sync.plan", "formatVersion": "1.0" }\n', "1:3", "a saved plan"],
  ["a.json", '{ "type": "kuma-sync.snapshot" }\n', "1:3", "a snapshot"],
  ["a.json", '{ "$schema": "https://json-schema.org/draft/2020-12/schema" }\n', "1:3", "a JSON Schema"],
  ["ci.yml", "on: push\njobs: {}\n", "2:1", "a workflow of GitHub Actions or Forgejo"],
  [".gitlab-ci.yml", "stages: [a]\nb: { script: [c] }\n", "1:1", "a pipeline of GitLab CI"],
  ["package.json", '{ "name": "a", "scripts": {} }\n', "1:16", "a package.json"],
  [".env", "KUMA_SYNC_URL=https://a\nexport A=b\n", "1:1", "a file of environment variables"],
  ["a.yaml", "<!DOCTYPE html>\n<html><body>Log in</body></html>\n", "1:1", "a web page"],
  ["a.csv", "hostname,ip,port\na,192.0.2.1,22\n", "1:1", "a table (CSV)"],
];

describe("files of other tools", () => {
  test.each(files)("%s: %s", (file, text, place, what) => {
    expect(saidOf(file, text)).toEqual([`${place} KS1010 this is ${what}, not a configuration of kuma-sync`]);
  });

  test("a hint names only commands that exist", () => {
    const known = new Set(commands.map(({ name }) => name.split(" ")[0]));
    const hints = files.flatMap(([file, text]) => parseYaml(file, folder, text).findings.map(({ hint = "" }) => hint));
    expect(hints.every((hint) => hint !== "")).toBe(true);
    const named = hints.flatMap((hint) => [...hint.matchAll(/kuma-sync ([a-z]+)/gu)].map(([, name]) => name ?? ""));
    // "kuma-sync does not read …" and "how a workflow runs kuma-sync: …" are sentences.
    expect(named.filter((name) => name !== "does" && !known.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });
});

describe("templates that are not rendered", () => {
  test.each([
    ["m:\n  a: { url: {{ shop }} }\n", "2:13", "a template that is not rendered"],
    ["m:\n  url: {{ .Values.url }}\n", "2:8", "a template that is not rendered (Helm)"],
    ["m:\n  {{- range .Values.urls }}\n  a: b\n  {{- end }}\n", "2:3", "a template that is not rendered (Helm)"],
    ["m:\n{% for x in y %}\n  a: b\n{% endfor %}\n", "2:1", "a template that is not rendered (Jinja)"],
    ["m:\n  url: {{ a }}/{{ b }}\n", "2:8", "a template that is not rendered"],
  ])("%j", (text, place, what) => {
    expect(saidOf("a.yaml", text)).toEqual([`${place} KS1011 ${what}`]);
  });

  test("the hint names the variable", () => {
    const [finding] = parseYaml("a.yaml", folder, "m: { url: {{ shop_url }} }\n").findings;
    expect(finding?.hint).toContain("${var:shop_url} or ${env:SHOP_URL}");
  });

  test.each([
    ["in quotes", 'm: { body: "{{ msg }}" }\n'],
    ["in a literal block", "m: |\n  {% if x %}\n  {{ msg }}\n  {% endif %}\n"],
    ["inside a text", "m: Hello {{ name }}\n"],
  ])("not %s", (_name, text) => {
    expect(saidOf("a.yaml", text)).toEqual([]);
  });
});

test.each([
  ["a configuration", "version: 1\nproject: a\nmonitors: { a: { type: group } }\n"],
  ["a part of one", "monitors:\n  a: { type: http, url: https://a }\nnotifications: {}\n"],
  ["one with a misspelt section", "version: 1\nproject: a\nservices: { web: { image: x } }\n"],
  ["a part with a list", "monitors:\n  - { name: a, type: http }\n"],
])("%s is not taken for a file of another tool", (_name, text) => {
  expect(saidOf("a.yaml", text).filter((line) => /KS101[01]/u.test(line))).toEqual([]);
});
