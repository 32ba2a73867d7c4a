/** The first user of a 3.x (docs/upstream/uptime-kuma.md#first-user-of-3x). */
import { expect, test } from "vitest";
import { bootstrap, type BootstrapOptions } from "../../../src/kuma/bootstrap/bootstrap.ts";
import { fakeAdmin, type FakeKuma } from "../../fakes/kuma-server.ts";
import { failure } from "../failure.ts";
import { fakeKuma } from "../with-fake.ts";

function bareKuma(): Promise<FakeKuma> {
  return fakeKuma({ version: "3.0.0-beta.0", start: "no-user" });
}

function options(url: string, changes: Partial<BootstrapOptions> = {}): BootstrapOptions {
  return { url, ...fakeAdmin, database: { type: "sqlite" }, timeoutMs: 10_000, ...changes };
}

test.each([
  ["", "the password is empty"],
  ["a", "the password has 1 character,"],
  ["1234567", "the password has 7 characters"],
  ["x".repeat(129), "the password has 129 characters"],
])("a password that the server would take, and regret: %#", async (password, words) => {
  const fake = await bareKuma();
  const error = await failure(bootstrap(options(fake.url, { password })));
  expect(error).toMatchObject({ code: "rejected", message: expect.stringContaining(words) });
  expect(fake.login.user).toBeUndefined();
});

test.each(["ab", "my-admin", "John Doe", "a@b", ""])("a user who could not log in: %j", async (username) => {
  const fake = await bareKuma();
  const error = await failure(bootstrap(options(fake.url, { username })));
  expect(error).toMatchObject({ code: "rejected", hint: expect.stringContaining("the user was not created") });
  expect(fake.login.user).toBeUndefined();
});

test("after ten minutes the server says that it needs no user, which is explained", async () => {
  const fake = await bareKuma();
  fake.auth.isSetupExpired = true;
  const error = await failure(bootstrap(options(fake.url)));
  expect(error).toMatchObject({ code: "wrong-password", hint: expect.stringContaining("ten minutes") });
  expect(error.hint).toContain("restart");
});

test("ten minutes that end in between are explained too", async () => {
  const fake = await bareKuma();
  const onProgress = (text: string): void => void (fake.auth.isSetupExpired ||= text.startsWith("creating"));
  const error = await failure(bootstrap(options(fake.url, { onProgress })));
  expect(error).toMatchObject({ code: "rejected", hint: expect.stringContaining("within ten minutes") });
});

test("a proxy that does not pass /api/setup is named", async () => {
  const fake = await bareKuma();
  fake.auth.faults.set("/api/setup", { type: "wall", status: 403, contentType: "text/html", body: "" });
  const error = await failure(bootstrap(options(fake.url)));
  expect(error).toMatchObject({ code: "not-uptime-kuma", hint: expect.stringContaining("/api/") });
});

test("a server that was upgraded with its login switched off is repaired", async () => {
  const fake = await fakeKuma({ version: "3.0.0-beta.0", isAuthDisabled: true, isSilent: true });
  const result = await bootstrap(options(fake.url));
  expect(result).toEqual({ database: "already", admin: "already", login: "cookie" });
});
