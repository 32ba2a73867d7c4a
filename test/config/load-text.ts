/**
 * Loads a configuration from a text, as if it came over standard input. Without the finding that nobody is notified, which
 * nearly all of these texts have.
 */
import type { Config } from "../../src/config/config.ts";
import { loadConfig } from "./load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Finding } from "../../src/model/finding.ts";

/** What the fixtures may read; every value is one that nothing else would contain. */
export const fixtureEnv: Readonly<Record<string, string>> = {
  TOKEN: "tok-Zq9vX3-secret",
  HOST: "host-Zq9vX3-secret.example",
  PORT: "8443",
  BIG_PORT: "991177",
  FLAG: "true",
  EMPTY: "",
  /** The form of a private key, without a key. */
  SFTP_KEY:
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB\n-----END OPENSSH PRIVATE KEY-----\n",
  RESERVED: "res-Zq9vX3-secret@?&#%/",
  KUMA_SYNC_PASSWORD: "kuma-Zq9vX3-secret",
};

export async function loadText(
  text: string,
  {
    env = fixtureEnv,
    vars = {},
  }: { readonly env?: Readonly<Record<string, string>>; readonly vars?: Readonly<Record<string, string>> } = {},
): Promise<Config> {
  const readStdin = (): Promise<string> => Promise.resolve(text);
  const config = await loadConfig({ paths: ["-"], cwd: "/", env, vars, readStdin }, kinds);
  return { ...config, findings: config.findings.filter(({ code }) => code !== "KS1616") };
}

/** `file:line:col: severity: message [code] (hint)` and, below, where the related place is. */
export function findingLine({ at, severity, message, code, hint, related, suppressed }: Finding): string {
  const place = at === undefined ? "-" : `${at.file}:${at.line}:${at.column}`;
  const other = related === undefined ? "" : ` {${related.message}: ${related.at.line}:${related.at.column}}`;
  return `${place}: ${severity}: ${message} [${code}]${hint === undefined ? "" : ` (${hint})`}${other}${suppressed === undefined ? "" : " {silenced}"}`;
}
