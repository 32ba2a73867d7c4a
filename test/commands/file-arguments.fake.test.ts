/** Files as arguments: `validate`, `plan`, `apply` and `test`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configOf, namesOn, openWorkspace, type Workspace } from "./workspace.ts";

async function openFolder(): Promise<Workspace> {
  const workspace = await openWorkspace(configOf({ usual: 60 }));
  const put = (name: string, text: string): void => writeFileSync(join(workspace.folder, name), text);
  mkdirSync(join(workspace.folder, "b"));
  put("a.yaml", configOf({ one: 60 }));
  put("b/two.yaml", configOf({ two: 60 }));
  put("c.json", JSON.stringify({ monitors: { three: { type: "http", url: "https://c.example", notifications: [] } } }));
  return workspace;
}

const withoutTime = (text: string): string => text.replaceAll(/"createdAt": "[^"]*"/gu, "");

test.each([["validate"], ["plan"], ["test"]])(
  "%s takes files, folders and patterns, and -f beside them",
  async (name) => {
    const { run } = await openFolder();
    const json = async (...args: readonly string[]): Promise<string> =>
      (await run([name, "--format", "json", ...args])).stdout;
    const [plain, flags] = [
      await json("a.yaml", "b/", "c.json"),
      await json("-f", "a.yaml", "-f", "b/", "-f", "c.json"),
    ];
    expect(withoutTime(plain)).toBe(withoutTime(flags));
    expect(withoutTime(await json("-f", "a.yaml", "b/", "c.json"))).toBe(withoutTime(flags));
  },
);

test("a file that is given twice counts once", async () => {
  const { run } = await openFolder();
  const { code, stdout } = await run(["validate", "a.yaml", "-f", "a.yaml", "./a.yaml"]);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("1 monitor ") as string });
});

test("apply takes files, a JSON configuration among them", async () => {
  const { run, kuma } = await openFolder();
  const { code } = await run(["apply", "a.yaml", "b", "c.json", "--auto-approve"]);
  expect({ code, names: namesOn(kuma) }).toEqual({ code: 0, names: ["ONE", "TWO", "three"] });
});

test.each([["plan.json"], ["plan.out"]])("apply knows a saved plan by its content: %s", async (file) => {
  const { run, kuma } = await openFolder();
  await run(["plan", "a.yaml", "--out", file]);
  const { code } = await run(["apply", file, "a.yaml", "--auto-approve"]);
  expect({ code, names: namesOn(kuma) }).toEqual({ code: 0, names: ["ONE"] });
});

test("apply takes one saved plan at a time", async () => {
  const { run } = await openFolder();
  await run(["plan", "--out", "p.json"]);
  await run(["plan", "--out", "q.json"]);
  const { code, stderr } = await run(["apply", "p.json", "q.json"]);
  expect({ code, stderr }).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('"p.json" and "q.json" are both saved plans') as string,
  });
});

test.each([
  ["plan", "usual"],
  ["plan", "monitor/usual"],
  ["validate", "monitor/usual"],
  ["test", "api"],
  ["apply", "usual"],
])("%s says of the key %s that it is no file", async (name, key) => {
  const { run } = await openFolder();
  const { code, stderr } = await run([name, key]);
  expect({ code, stderr }).toMatchObject({
    code: 64,
    stderr: expect.stringContaining(`there is no file or folder "${key}"`) as string,
  });
});

test("a file that is not there is reported by its name", async () => {
  const { run } = await openFolder();
  expect(await run(["validate", "nothing.yaml"])).toMatchObject({ code: 3 });
  expect((await run(["apply", "nothing.json"])).stderr).toContain('cannot read "nothing.json"');
});

test("stdin can be an argument, and not hold the password too", async () => {
  const { run } = await openFolder();
  expect((await run(["validate", "-"], { stdin: configOf({ x: 60 }) })).stdout).toContain("1 monitor ");
  expect((await run(["plan", "-", "--password-stdin"])).code).toBe(64);
});
