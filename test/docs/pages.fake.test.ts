/** The guides say what the program says. `KUMA_SYNC_UPDATE_DOCS=1` writes what it says now into them; then read the diff. */
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { builtProgram } from "../cli/built-program.ts";
import { loadText } from "../config/load-text.ts";
import { fakeAdmin, startFakeKuma } from "../fakes/kuma-server.ts";
import { admin, startUsed } from "../services/open-webui/with-stand-in.ts";
import { comparable, runPage, type PageWorld } from "./run-page.ts";

beforeAll(() => void builtProgram());

const pages = [
  "open-webui/monitoring-open-webui.md",
  "open-webui/three-levels.md",
  "queries.md",
  "living-with-findings.md",
  "selecting-monitors.md",
] as const;

function fileOf(page: string): URL {
  return new URL(`../../docs/${page}`, import.meta.url);
}

/** The first YAML block of a page. */
function yamlOf(page: string): string {
  return /^```yaml\n(?<yaml>[^]*?)^```/mu.exec(readFileSync(fileOf(page), "utf8"))?.groups?.["yaml"] ?? "";
}

/** The files that the page shows with `cat`. */
function shownFiles(page: string): Readonly<Record<string, string>> {
  const shown = readFileSync(fileOf(page), "utf8").matchAll(/^\$ cat (?<name>\S+)\n(?<text>[^]*?)(?=^\$|^```)/gmu);
  return Object.fromEntries([...shown].map(({ groups }) => [groups?.["name"] ?? "", groups?.["text"] ?? ""]));
}

interface Compared {
  readonly shown: string;
  readonly printed: string;
}

/** The page as it is, and with what its commands print now. */
async function compare(page: string, world: PageWorld = {}): Promise<Compared> {
  const written = readFileSync(fileOf(page), "utf8");
  const now = await runPage(written, world);
  const isUpdate = process.env["KUMA_SYNC_UPDATE_DOCS"] === "1";
  if (isUpdate) writeFileSync(fileOf(page), now);
  return { shown: comparable(isUpdate ? now : written), printed: comparable(now) };
}

describe("what the commands print", () => {
  it("Monitoring Open WebUI", { timeout: 120_000 }, async () => {
    const chat = await startUsed("0.12.4");
    const kuma = await startFakeKuma();
    onTestFinished(() => kuma.close());
    const { openai, ollama } = chat.state.providers;
    const { shown, printed } = await compare("open-webui/monitoring-open-webui.md", {
      env: {
        OPEN_WEBUI_ADMIN_EMAIL: admin.email,
        OPEN_WEBUI_ADMIN_PASSWORD: admin.password,
        KUMA_SYNC_URL: kuma.url,
        KUMA_SYNC_USERNAME: fakeAdmin.username,
        KUMA_SYNC_PASSWORD: fakeAdmin.password,
      },
      addresses: { "http://localhost:8080": chat.url, "http://localhost:3001": kuma.url },
      events: {
        "# both providers go down": () => {
          openai.isUp = false;
          ollama.isUp = false;
        },
      },
    });
    expect(printed).toBe(shown);
  });

  it.each(["say-it-once.md", "selecting-monitors.md"])(
    "%s, with its first YAML",
    { timeout: 120_000 },
    async (page) => {
      const kuma = await startFakeKuma();
      onTestFinished(() => kuma.close());
      const login = { KUMA_SYNC_USERNAME: fakeAdmin.username, KUMA_SYNC_PASSWORD: fakeAdmin.password };
      const { shown, printed } = await compare(page, {
        env: { KUMA_SYNC_URL: kuma.url, ...login, SLACK_WEBHOOK: "https://hooks.slack.example/x" },
        addresses: { "http://localhost:3001": kuma.url },
        files: { "monitors.yaml": yamlOf(page), ...shownFiles(page) },
      });
      expect(printed).toBe(shown);
    },
  );

  it.each(["open-webui/three-levels.md", "queries.md", "living-with-findings.md"])(
    "%s",
    { timeout: 120_000 },
    async (page) => {
      const { shown, printed } = await compare(page);
      expect(printed).toBe(shown);
    },
  );
});

describe.each(pages)("the YAML in %s", (page) => {
  const blocks = [...readFileSync(fileOf(page), "utf8").matchAll(/^```yaml\n(.*?)^```$/gmsu)].map(
    ([, text = ""]) => text,
  );

  it.each(blocks.map((text) => [text.split("\n")[0], text] as const))("%s", async (_, text) => {
    const head = /^version:/mu.test(text) ? "" : "version: 1\nproject: docs\n";
    const { findings } = await loadText(head + text, {
      env: { OPEN_WEBUI_API_KEY: "sk-Zq9vX3", SLACK_WEBHOOK: "https://hooks.slack.example/x" },
    });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
