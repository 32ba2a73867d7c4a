/** A folder with a `monitors.yaml`, and a server to apply it to. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { fakeAdmin, startFakeKuma, type FakeKuma, type FakeKumaOptions } from "../fakes/kuma-server.ts";
import { runMain, type Ended, type FakeProcess } from "./fake-context.ts";

export interface Workspace {
  readonly kuma: FakeKuma;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Replaces `monitors.yaml`. */
  readonly write: (yaml: string) => void;
  readonly run: (args: readonly string[], fake?: FakeProcess) => Promise<Ended>;
}

/** Both are gone when the test is over. */
export async function openWorkspace(yaml: string, options: FakeKumaOptions = {}): Promise<Workspace> {
  const kuma = await startFakeKuma(options);
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await kuma.close();
  });
  const write = (text: string): void => writeFileSync(join(folder, "monitors.yaml"), text);
  write(yaml);
  const env = {
    KUMA_SYNC_URL: kuma.url,
    KUMA_SYNC_USERNAME: fakeAdmin.username,
    KUMA_SYNC_PASSWORD: fakeAdmin.password,
  };
  return {
    kuma,
    folder,
    env,
    write,
    run: (args, fake = {}) => runMain(args, { cwd: folder, ...fake, env: { ...env, ...fake.env } }),
  };
}

/** A configuration of http monitors, by key, with the interval of each in seconds. */
export function configOf(monitors: Readonly<Record<string, number>>, head = ""): string {
  const lines = Object.entries(monitors).map(
    ([key, interval]) =>
      `  ${key}: { name: ${key.toUpperCase()}, type: http, url: "https://${key}.example", interval: ${interval}, timeout: 10, notifications: [] }`,
  );
  return `version: 1\nproject: shop\n${head}${lines.length === 0 ? "" : `monitors:\n${lines.join("\n")}\n`}`;
}

/** Of the monitors that are there, in the order of the alphabet. */
export function namesOn({ monitors }: Pick<FakeKuma, "monitors">): readonly string[] {
  return [...monitors.values()].map(({ name }) => name as string).toSorted();
}
