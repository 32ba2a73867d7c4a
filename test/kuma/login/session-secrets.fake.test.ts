/** The cookie of a session lets in like a password: no output of a run has it, in any command, format or level of detail. */
import { expect, test } from "vitest";
import { configOf, openWorkspace } from "../../commands/workspace.ts";
import type { FakeKuma } from "../../fakes/kuma-server.ts";

/** All sessions that were ever open, as they are and as a header has them. */
function sessionsOf(kuma: FakeKuma): readonly string[] {
  const cookies = kuma.auth.requests.flatMap(
    ({ headers }) => /session_token=([^;]+)/u.exec(headers.cookie ?? "")?.[1] ?? [],
  );
  return [...new Set([...cookies, ...cookies.map((cookie) => decodeURIComponent(cookie))])];
}

test.each([
  ["plan", "-v"],
  ["plan", "--format", "json"],
  ["apply", "--auto-approve", "-v"],
  ["apply", "--auto-approve", "--format", "json"],
  ["bootstrap", "-v"],
  ["snapshot", "-v"],
  ["status", "-v"],
])("%s %s %s, with a server that repeats it in every error", async (...args) => {
  const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { version: "3.0.0-beta.0" });
  const repeated = (): string =>
    `refused for ${[...kuma.login.sessions].flatMap((one) => [one, encodeURIComponent(one)]).join(" ")}`;
  for (const event of ["add", "getSettings", "setSettings", "addTag"]) kuma.faults.refuseAll(event, repeated);
  const { stdout, stderr } = await run(args);
  const sessions = sessionsOf(kuma);
  expect(sessions.length).toBeGreaterThan(0);
  expect(sessions.filter((session) => (stdout + stderr).includes(session))).toEqual([]);
});

test("a session that is given as the token is not printed either", async () => {
  const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { version: "3.0.0-beta.0" });
  const session = kuma.login.openSession();
  kuma.faults.refuseAll("add", () => `refused for ${session}`);
  const ended = await run(["apply", "--auto-approve", "-v"], { env: { KUMA_SYNC_TOKEN: encodeURIComponent(session) } });
  expect(ended.stdout + ended.stderr).toContain("refused for");
  expect(ended.stdout + ended.stderr).not.toContain(session);
  // Not ours to close.
  expect(kuma.login.sessions.size).toBe(1);
});

test("of what it signs in, it also signs out, whatever happens", async () => {
  const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { version: "3.0.0-beta.0" });
  for (const args of [["plan"], ["apply", "--auto-approve"], ["status"], ["import"], ["snapshot"], ["bootstrap"]])
    await run(args);
  kuma.faults.refuseAll("getSettings", () => "no");
  await run(["plan"]);
  expect(kuma.login.sessions.size).toBe(0);
  expect(kuma.auth.requests.filter(({ path }) => path === "/sign-out")).toHaveLength(7);
});
