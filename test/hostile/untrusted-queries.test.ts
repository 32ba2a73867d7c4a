/** The built program on files that a stranger wrote: their queries run no code, here or in the process that evaluates. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runProgram, type Ran } from "../cli/built-program.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kuma-sync-untrusted-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The names in pieces that the lint does not put together: with the whole ones the file is refused before anything runs. */
const hidden = (text: string): string =>
  text.replaceAll(/"(constructor|__lookupSetter__|__proto__)"/gu, (_, name: string) => {
    return `$join(["${name.slice(0, 5)}","${name.slice(5)}"])`;
  });

/** Gives `Object.prototype` a `source`, which a module loaded later would take for its own text. */
const pollution = `(
  $o := $lookup({}, "constructor");
  $f := $lookup({}, "__lookupSetter__");
  $sp := {"a":1}.($f("__proto__"));
  $h := {"a":1}.($o ~> $sp(); $);
  $as := $lookup($h, "assign");
  $as($lookup({}, "__proto__"), {"source": code});
  status)`;
const asModule = "export default () => ({ evaluate: async () => 'ok', ast() {} });";

function monitors(body: unknown, query = hidden(pollution)): string {
  return stringify({
    version: 1,
    project: "fork",
    monitors: {
      a: {
        name: "A",
        type: "json-query",
        url: "http://127.0.0.1:9/health",
        jsonPath: query,
        expectedValue: "ok",
        // Two engines: the second one was loaded after the first expression.
        tests: [
          { name: "one", server: "2.5.3", expect: "up", body },
          { name: "two", server: "1.23.17", expect: "up", body: { status: "ok" } },
        ],
      },
    },
  });
}

/** Runs `kuma-sync test` on a body with code in it that writes the file `mark`. */
async function testWith(name: string, code: (mark: string) => string): Promise<Ran & { readonly isEscaped: boolean }> {
  const cwd = await mkdtemp(join(folder, "case-"));
  const mark = join(cwd, name);
  await writeFile(join(cwd, "monitors.yaml"), monitors({ status: "ok", code: `${code(mark)}\n${asModule}` }));
  const run = await runProgram(["test"], { cwd });
  return { ...run, isEscaped: existsSync(mark) };
}

it("refuses a file whose query reaches for JavaScript, before anything of it is evaluated", async () => {
  const cwd = await mkdtemp(join(folder, "case-"));
  await writeFile(join(cwd, "monitors.yaml"), monitors({ status: "ok" }, pollution));
  for (const command of ["validate", "test"]) {
    const { code, stdout, stderr } = await runProgram([command], { cwd });
    expect(code).toBe(3);
    expect(stdout + stderr).toContain('the query uses "constructor", which leads from JSONata to JavaScript [KS1531]');
  }
});

it("runs no code of a body in the process that evaluates", async () => {
  const { code, stdout, stderr, isEscaped } = await testWith(
    "child",
    (mark) => `import fs from "node:fs"; fs.writeFileSync(${JSON.stringify(mark)}, "escaped");`,
  );
  expect(isEscaped).toBe(false);
  // The expression fails like any other: both tests say so.
  expect(code).toBe(9);
  expect(stdout + stderr).toContain("0 of 2");
});

it("opens no inspector in the program for a body whose code asks for it", async () => {
  const { stderr, isEscaped } = await testWith(
    "parent",
    (mark) => `
      import fs from "node:fs";
      process.kill(process.ppid, "SIGUSR1");
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [target] = await (await fetch("http://127.0.0.1:9229/json/list")).json();
      if (target !== undefined) fs.writeFileSync(${JSON.stringify(mark)}, "an inspector is open");`,
  );
  expect(isEscaped).toBe(false);
  expect(stderr).not.toContain("Debugger listening");
});

it.skipIf(process.platform === "win32")("opens no inspector on SIGUSR1, whoever sends it", async () => {
  // The program comes back to this server until its time is over, and gets a signal each time.
  let child: ChildProcess | undefined;
  let signals = 0;
  const server = createServer((socket) => {
    signals += child?.kill("SIGUSR1") === true ? 1 : 0;
    socket.on("error", () => undefined).destroy();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const cwd = await mkdtemp(join(folder, "case-"));
  await writeFile(join(cwd, "monitors.yaml"), monitors({ status: "ok" }));
  const run = await runProgram(["plan", "--timeout", "3s"], {
    cwd,
    env: { KUMA_SYNC_URL: `http://127.0.0.1:${port}`, KUMA_SYNC_USERNAME: "a", KUMA_SYNC_PASSWORD: "b" },
    onStart: (started) => (child = started),
  });
  server.close();
  expect(signals).toBeGreaterThan(0);
  expect(run.signal).toBeNull();
  expect(run.stderr).not.toContain("Debugger listening");
});
