/** What Node prints by itself goes through the redactor too: warnings of libraries, and errors that no run waits for. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { builtProgram, runProgram, type Ran } from "../cli/built-program.ts";
import { fakeAdmin, startFakeKuma } from "../fakes/kuma-server.ts";

const secret = "wq7-Kx2-hidden";

/** A plan that knows the secret, in a process where `last` runs once the plan is done. */
async function planThen(last: string, options = ""): Promise<Ran> {
  builtProgram();
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  const kuma = await startFakeKuma();
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await kuma.close();
  });
  const monitor = '{ type: http, url: "http://127.0.0.1:1", description: "${env:SECRET}", notifications: [] }';
  writeFileSync(join(folder, "monitors.yaml"), `version: 1\nproject: shop\nmonitors: { a: ${monitor} }\n`);
  const preload = join(folder, "preload.mjs");
  writeFileSync(preload, `const { SECRET } = process.env;\nprocess.once("beforeExit", () => { ${last} });\n`);
  return runProgram(["plan", "-v"], {
    cwd: folder,
    env: {
      KUMA_SYNC_URL: kuma.url,
      KUMA_SYNC_USERNAME: fakeAdmin.username,
      KUMA_SYNC_PASSWORD: fakeAdmin.password,
      SECRET: secret,
      NODE_OPTIONS: `--import ${pathToFileURL(preload).href} ${options}`,
    },
  });
}

test("a warning is printed without secrets", async () => {
  const emit =
    'process.emitWarning("call of " + SECRET, { type: "DeprecationWarning", code: "DEP9", detail: SECRET + " is old" })';
  const { code, stdout, stderr } = await planThen(emit);
  expect(stdout + stderr).not.toContain(secret);
  expect(stderr).toContain("warning: [DEP9] DeprecationWarning: call of (sensitive)\n  (sensitive) is old\n");
  expect(code).toBe(0);
});

test("--no-warnings still means none", async () => {
  const { stderr } = await planThen("process.emitWarning(SECRET)", "--no-warnings");
  expect(stderr).not.toContain("warning:");
});

test.each([
  ["thrown", "setImmediate(() => { throw new Error(SECRET, { cause: new Error(SECRET) }); })"],
  ["rejected", "Promise.reject(new Error(SECRET))"],
  ["of the system", 'throw Object.assign(new Error("open " + SECRET), { code: "EIO", syscall: "open" })'],
])("an error that no run waits for, %s, is printed without secrets, and exits 1", async (_name, last) => {
  const { code, stdout, stderr } = await planThen(last);
  expect(stdout + stderr).not.toContain(secret);
  expect(stderr).toContain("(sensitive)");
  expect(code).toBe(1);
});
