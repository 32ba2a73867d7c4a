/**
 * SIGINT and SIGTERM end every command, whatever it is doing. Nothing here is measured: each run waits for something that
 * never comes, so it ends by the signal or not at all.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { configOf, openWorkspace } from "../commands/workspace.ts";
import { builtProgram, runProgram, type Ran, type RunOptions } from "./built-program.ts";

beforeAll(() => void builtProgram());

const longTest = 120_000;
const notification =
  'notifications: { oncall: { name: On call, type: slack, slackwebhookURL: "https://hooks.example/x" } }\n';

function openFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Takes connections and says nothing; `asked` is called with the first bytes of each. */
async function silentServer(asked: () => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.once("data", asked);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The program with the signal sent once stderr says `word`. */
function killAt(word: string, signal: NodeJS.Signals, args: readonly string[], options: RunOptions): Promise<Ran> {
  let said = "";
  return runProgram(args, {
    ...options,
    onStart: (child) =>
      child.stderr?.on("data", (text: string) => {
        const before = said;
        said += text;
        if (said.includes(word) && !before.includes(word)) child.kill(signal);
      }),
  });
}

/** Preloaded: the named method of the platform never returns, and says so first. */
function stuckIn(folder: string, method: string): Readonly<Record<string, string>> {
  const file = join(folder, "stuck.mjs");
  const text = `import { writeSync } from "node:fs";
const before = ${method};
${method} = function (...args) {
  const result = before.apply(this, args);
  if (!String(result).includes("stuck-here")) return result;
  writeSync(2, "stuck\\n");
  for (;;);
};
`;
  writeFileSync(file, text);
  return { NODE_OPTIONS: `--import ${pathToFileURL(file).href}` };
}

const monitor = 'version: 1\nproject: stuck-here\nmonitors: { a: { type: http, url: "http://127.0.0.1:1" } }\n';

/** Which of the two it is makes no difference to what is waited for; each is tried on each kind of wait. */
const exits = { SIGINT: 130, SIGTERM: 143 } as const;

describe("a signal ends", () => {
  test.each([
    ["validate", "SIGINT"],
    ["plan", "SIGTERM"],
    ["apply", "SIGINT"],
  ] as const)(
    "%s while it reads a file and cannot hear: %s",
    async (command, signal) => {
      const folder = openFolder({ "monitors.yaml": monitor });
      const env = {
        ...stuckIn(folder, "TextDecoder.prototype.decode"),
        KUMA_SYNC_URL: "http://127.0.0.1:1",
        KUMA_SYNC_USERNAME: "a",
        KUMA_SYNC_PASSWORD: "abcdef",
      };
      const ran = await killAt("stuck", signal, [command], { cwd: folder, env });
      // As a shell sees it: 128 and the number of the signal.
      expect([ran.code, ran.signal]).toEqual([null, signal]);
    },
    longTest,
  );

  test.each([
    ["SIGINT", "plan"],
    ["SIGTERM", "apply", "--auto-approve"],
    ["SIGINT", "status"],
    ["SIGTERM", "destroy", "--confirm", "shop@127.0.0.1"],
    ["SIGINT", "import"],
    ["SIGTERM", "snapshot"],
    ["SIGINT", "bootstrap"],
    ["SIGTERM", "notifications", "test", "oncall"],
  ] as const)(
    "%s: %s while a server says nothing",
    async (signal, ...args) => {
      let running: ChildProcess | undefined;
      const url = await silentServer(() => running?.kill(signal));
      const folder = openFolder({ "monitors.yaml": configOf({ api: 60 }, notification) });
      const ran = await runProgram(args, {
        cwd: folder,
        env: { KUMA_SYNC_URL: url, KUMA_SYNC_USERNAME: "a", KUMA_SYNC_PASSWORD: "abcdef" },
        onStart: (child) => (running = child),
      });
      expect([ran.code, ran.stderr]).toEqual([exits[signal], expect.stringContaining("interrupted")]);
    },
    longTest,
  );

  test.each([
    ["SIGINT", "test", "--probe"],
    ["SIGTERM", "query", "$", "--url", "URL"],
    ["SIGINT", "doctor", "--open-webui", "URL"],
    ["SIGTERM", "init", "--open-webui", "URL", "--out", "new.yaml"],
  ] as const)(
    "%s: %s while a service says nothing",
    async (signal, ...args) => {
      let running: ChildProcess | undefined;
      const url = await silentServer(() => running?.kill(signal));
      const yaml = `version: 1\nproject: shop\nmonitors: { a: { type: http, url: "${url}", timeout: 100, interval: 200 } }\n`;
      const folder = openFolder({ "monitors.yaml": yaml });
      const ran = await runProgram(
        args.map((arg) => (arg === "URL" ? url : arg)),
        { cwd: folder, onStart: (child) => (running = child) },
      );
      expect([ran.code, ran.stderr]).toEqual([exits[signal], expect.stringContaining("interrupted")]);
    },
    longTest,
  );

  test(
    "the command test while a query runs that has to be stopped",
    async () => {
      const query = "($f := function($x) { $x > 0 ? $f($x + 1) : $f($x - 1) }; $f($count(data)))";
      const tests = Array.from({ length: 200 }, () => "{ body: 1, expect: up }").join(", ");
      const yaml = `version: 1
project: shop
monitors: { a: { type: json-query, url: "http://127.0.0.1:1", jsonPath: "${query}", expectedValue: ok, tests: [${tests}] } }
`;
      const folder = openFolder({ "monitors.yaml": yaml });
      const ran = await killAt("testing monitor/a", "SIGINT", ["test", "-v"], { cwd: folder });
      expect([ran.code, ran.stderr]).toEqual([exits.SIGINT, expect.stringContaining("interrupted")]);
    },
    longTest,
  );

  test(
    "what waits for its standard input",
    async () => {
      const folder = openFolder();
      const preload = join(folder, "preload.mjs");
      writeFileSync(
        preload,
        `import { writeSync } from "node:fs";
const look = setInterval(() => {
  if (process.listenerCount("SIGTERM") === 0) return;
  clearInterval(look);
  writeSync(2, "hearing");
}, 5);
`,
      );
      const child = spawn(process.execPath, ["--import", preload, builtProgram(), "query", "$", "--body", "-"], {
        stdio: "pipe",
      });
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        if (text.includes("hearing")) child.kill("SIGTERM");
      });
      expect(await once(child, "close")).toEqual([exits.SIGTERM, null]);
      expect(stderr).toContain("interrupted");
    },
    longTest,
  );

  test(
    "sandbox while npm installs, and what npm has started",
    async () => {
      const folder = openFolder();
      const bin = join(folder, "bin");
      mkdirSync(bin);
      const started = join(folder, "pid");
      // As npm runs a script of a package: a child that holds the pipes.
      writeFileSync(
        join(bin, "npm"),
        `#!/bin/sh\nsleep 600 &\necho $! > ${started}.part\nmv ${started}.part ${started}\nwait\n`,
      );
      chmodSync(join(bin, "npm"), 0o755);
      let running: ChildProcess | undefined;
      const ending = runProgram(["sandbox", "--via", "npm"], {
        cwd: folder,
        env: { PATH: `${bin}${delimiter}${process.env["PATH"]}`, KUMA_SYNC_CACHE_DIR: join(folder, "cache") },
        onStart: (child) => (running = child),
      });
      await expect.poll(() => existsSync(started), { timeout: 60_000 }).toBe(true);
      running?.kill("SIGINT");
      const ran = await ending;
      expect([ran.code, ran.stderr]).toEqual([exits.SIGINT, expect.stringContaining("interrupted")]);
      const pid = Number(readFileSync(started, "utf8"));
      await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false);
    },
    longTest,
  );

  test(
    "status --watch, whose usual end is Ctrl-C",
    async () => {
      const { env, folder: cwd, run } = await openWorkspace(configOf({ api: 60 }));
      await run(["apply", "--auto-approve"]);
      for (const [signal, code] of [
        ["SIGINT", 0],
        ["SIGTERM", 143],
      ] as const) {
        const ran = await runProgram(["status", "--watch"], {
          cwd,
          env,
          onStart: (child) => child.stdout?.once("data", () => child.kill(signal)),
        });
        expect(ran.code).toBe(code);
      }
    },
    longTest,
  );
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s*Z/mu.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("an apply", () => {
  test(
    "waits for the write that is under way, as long as a call may take, and tells what it knows",
    async () => {
      const { env, folder: cwd, kuma } = await openWorkspace(configOf({ api: 60, web: 60 }), { version: "1.23.17" });
      kuma.faults.dropAck("add", 1);
      const args = ["apply", "--auto-approve", "-v", "--timeout", "3s", "--format", "json"];
      const ran = await killAt("create monitor/api", "SIGINT", args, { cwd, env });
      const document = JSON.parse(ran.stdout) as { result: string; outcomes: { key: string; result: string }[] };
      expect(ran.code).toBe(130);
      expect(document.result).toBe("interrupted");
      // What was not answered was read again, and found.
      expect(document.outcomes.filter(({ result }) => result === "done")).toHaveLength(kuma.monitors.size);
      expect(kuma.monitors.size).toBe(1);
    },
    longTest,
  );

  test.runIf(existsSync("/dev/full"))(
    "goes on when standard output is on a full disk, says so, and ends with 1",
    async () => {
      const { env, folder: cwd, kuma } = await openWorkspace(configOf({ api: 60, web: 60 }));
      for (const format of ["human", "json"]) {
        const child = spawn(process.execPath, [builtProgram(), "apply", "--auto-approve", "--format", format], {
          cwd,
          env: { PATH: process.env["PATH"] ?? "", ...env },
          stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
        });
        let stderr = "";
        child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
        const [code] = (await once(child, "close")) as [number];
        expect([code, stderr]).toEqual([
          1,
          expect.stringContaining("cannot write to standard output: the disk is full"),
        ]);
        expect(kuma.monitors.size).toBe(2);
      }
    },
    longTest,
  );
});
