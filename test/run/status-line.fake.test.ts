/** A terminal shows one line of progress. Whatever is printed next erases it, so no text begins behind it. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { withStatusLine } from "../../src/run/status-line.ts";
import { configOf, openWorkspace } from "../commands/workspace.ts";

/** What a terminal shows at the end: of each line what follows the last erasure. */
function shownLines(text: string): readonly string[] {
  return text.split("\n").map((line) => line.split("\r\u001B[2K").at(-1) ?? "");
}

function createStreams() {
  let screen = "";
  const stream = { isTty: true, columns: 80, write: (text: string) => void (screen += text) };
  return { ...withStatusLine({ stdout: stream, stderr: stream }), screen: () => screen };
}

describe("the status line", () => {
  it("is erased by the next text, on either stream", () => {
    const { stdout, stderr, statusLine, screen } = createStreams();
    statusLine.show("connecting");
    statusLine.show("reading");
    stdout.write("result\n");
    statusLine.show("waiting");
    stderr.write("warning\n");
    stderr.write("error\n");
    expect(shownLines(screen())).toEqual(["result", "warning", "error", ""]);
  });

  it("is not erased by an empty text", () => {
    const { stderr, statusLine, screen } = createStreams();
    statusLine.show("connecting");
    stderr.write("");
    expect(shownLines(screen())).toEqual(["connecting"]);
  });

  it("that is empty leaves nothing to erase", () => {
    const { stderr, statusLine, screen } = createStreams();
    statusLine.show("");
    stderr.write("error\n");
    expect(screen()).toBe("error\n");
  });
});

/** Answers every request with a page that is neither Uptime Kuma nor Open WebUI. */
async function openWrongServer(): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(404).end("no")).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const notification = 'notifications: { oncall: { type: slack, slackwebhookURL: "https://hooks.example/x" } }\n';

describe("an error on a terminal begins at the start of a line", () => {
  it.each([
    ["plan"],
    ["apply", "--auto-approve"],
    ["destroy", "--confirm", "shop@x"],
    ["status"],
    ["import"],
    ["snapshot"],
    ["notifications", "test", "oncall"],
    ["bootstrap"],
    ["plan", "--against", "none.json"],
  ])("of %s %s", async (...args) => {
    const { run } = await openWorkspace(configOf({ api: 60 }, notification));
    const url = await openWrongServer();
    const { code, stderr } = await run([...args, "--timeout", "500ms"], { answers: [], env: { KUMA_SYNC_URL: url } });
    expect(code).not.toBe(0);
    expect(shownLines(stderr).filter((line) => line.includes("error: "))).toEqual([expect.stringMatching(/^error: /u)]);
  });

  it.each([
    ["init", "--out", "new.yaml"],
    ["bootstrap", "--key-file", "owui.key", "--auto-approve"],
  ])("of %s --open-webui", async (...args) => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const url = await openWrongServer();
    const { code, stderr } = await run([...args, "--open-webui", url], {
      answers: [],
      env: { OPEN_WEBUI_ADMIN_TOKEN: "token-of-an-administrator" },
    });
    expect(code).not.toBe(0);
    expect(shownLines(stderr).filter((line) => line.includes("error: "))).toEqual([expect.stringMatching(/^error: /u)]);
  });

  it("of test, whose reports cannot be written", async () => {
    const { run, folder } = await openWorkspace(configOf({ api: 60 }));
    writeFileSync(join(folder, "taken"), "");
    const { stderr } = await run(["test", "--report", "json=taken/report.json"], { answers: [] });
    expect(shownLines(stderr).filter((line) => line.includes("error: "))).toEqual([expect.stringMatching(/^error: /u)]);
  });

  it("after the login failed", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const { code, stderr } = await run(["plan"], { answers: [], env: { KUMA_SYNC_PASSWORD: "wrong" } });
    expect(code).toBe(7);
    expect(stderr).toContain("logging in at");
    expect(shownLines(stderr).filter((line) => line !== "" && !line.startsWith(" "))).toEqual([
      expect.stringMatching(/^error: /u),
    ]);
  });
});
