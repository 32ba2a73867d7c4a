/** User names that an upgrade to 3.0 does not survive are found before the upgrade. */
import { describe, expect, it, test } from "vitest";
import { userNameFindings, usernameOf } from "../../../src/workflows/connection/user-name-findings.ts";
import { startUsed } from "../../services/open-webui/with-stand-in.ts";
import { readDocument } from "../../commands/documents.ts";
import { configOf, openWorkspace } from "../../commands/workspace.ts";

describe("a user name", () => {
  test.each(["admin", "Admin.User_1", "abc", "a".repeat(30), " admin "])("%j is taken", (name) => {
    expect(userNameFindings(name)).toEqual([]);
  });

  // Each was tried on the branch 3.0.X (docs/upstream/uptime-kuma.md#user-names-of-3x).
  test.each([
    ["ab", "login page"],
    ["my-admin", "login page"],
    ["a+b", "login page"],
    ["a".repeat(31), "login page"],
    ["John Doe", "nobody can log in"],
    ["a@b", "nobody can log in"],
    ["jörg", "nobody can log in"],
    [".admin", "nobody can log in"],
    ["admin.", "nobody can log in"],
    ["a..b", "nobody can log in"],
    ["", "nobody can log in"],
  ])("%j: %s", (name, words) => {
    expect(userNameFindings(name)).toEqual([
      expect.objectContaining({ code: "KS1450", severity: "warning", message: expect.stringContaining(words) }),
    ]);
  });

  test("is in a token of 2.x too", () => {
    const payload = Buffer.from(JSON.stringify({ username: "my-admin", h: "x" })).toString("base64url");
    expect(usernameOf({ type: "token", token: `eyJh.${payload}.sig` })).toBe("my-admin");
    for (const token of ["", "a.b.c", "a"]) expect(usernameOf({ type: "token", token })).toBeUndefined();
    expect(usernameOf({ type: "none" })).toBeUndefined();
  });
});

const strange = { KUMA_SYNC_USERNAME: "my-admin", KUMA_SYNC_PASSWORD: "Adm1n-of-tests" };

function count(text: string): number {
  return text.split("[KS1450]").length - 1;
}

describe.each([
  ["2.5.3", 1],
  ["3.0.0-beta.0", 0],
] as const)("on %s", (version, notes) => {
  it(`bootstrap notes the name ${notes} times, for people and in JSON`, async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { version });
    kuma.login.user = { username: "my-admin", password: strange.KUMA_SYNC_PASSWORD };
    const ended = await run(["bootstrap"], { env: strange });
    expect([ended.code, count(ended.stderr)]).toEqual([0, notes]);
    const document = readDocument(await run(["bootstrap", "--format", "json"], { env: strange }));
    expect((document as { readonly findings?: readonly unknown[] }).findings?.length ?? 0).toBe(notes);
  });

  it(`doctor notes it ${notes} times when it knows the server`, async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { version });
    kuma.login.user = { username: "my-admin", password: strange.KUMA_SYNC_PASSWORD };
    const { url } = await startUsed("0.11.0");
    expect(count((await run(["doctor", "--open-webui", url], { env: strange })).stderr)).toBe(notes);
  });
});
