/** What `scripts/prepare.mjs` does again and what it leaves alone, in a clone with stand-ins for npm and the bundler. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { access, copyFile, mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { putOnPath } from "./programs-on-path.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const npm = `
const { mkdirSync, rmSync, writeFileSync } = require("node:fs");
rmSync("node_modules", { recursive: true, force: true });
mkdirSync("node_modules");
writeFileSync("node_modules/.package-lock.json", "{}");
`;

/** Writes one program, or complains when a source file says so. */
const bundler = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const text = readFileSync("src/cli.ts", "utf8");
if (text === "wrong") throw new Error("src/cli.ts is wrong");
mkdirSync(process.argv[2] + "/chunks", { recursive: true });
writeFileSync(process.argv[2] + "/cli.js", text);
`;

async function clone(): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(join(root, "scripts"));
  await mkdir(join(root, "src/deep"), { recursive: true });
  await copyFile(new URL("../../scripts/prepare.mjs", import.meta.url), join(root, "scripts/prepare.mjs"));
  await writeFile(join(root, "scripts/bundle.mjs"), bundler);
  await writeFile(join(root, "scripts/late-loading.mjs"), "");
  for (const name of ["package.json", "package-lock.json", "src/cli.ts", "src/deep/data.json"]) {
    await writeFile(join(root, name), "{}");
  }
  return root;
}

/** Runs it and returns its exit code, its words, and which of the two steps it took. */
function prepare(root: string) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/prepare.mjs")], { encoding: "utf8" });
  const steps = ["npm ci", "scripts/bundle.mjs"].filter((step) => stderr.includes(`(${step}) …`));
  return { status, stderr, steps };
}

async function prepared(): Promise<string> {
  const root = await clone();
  expect(prepare(root)).toMatchObject({ status: 0, steps: ["npm ci", "scripts/bundle.mjs"] });
  return root;
}

it("installs and builds in a fresh clone, and does nothing the second time", async () => {
  await putOnPath("npm", npm);
  const root = await prepared();
  await access(join(root, "dist/chunks"));
  expect(prepare(root)).toMatchObject({ status: 0, steps: [], stderr: "" });
  expect((await readdir(root)).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
});

it("installs and builds again when the lock file has changed", async () => {
  await putOnPath("npm", npm);
  const root = await prepared();
  await writeFile(join(root, "package-lock.json"), '{"changed":true}');
  await setModified(join(root, "package-lock.json"), 60);
  expect(prepare(root).steps).toEqual(["npm ci", "scripts/bundle.mjs"]);
});

it("takes an install that was made by hand", async () => {
  const calls = await putOnPath("npm", npm);
  const root = await clone();
  spawnSync("npm", ["ci"], { cwd: root });
  await setModified(join(root, "package-lock.json"), -60);
  expect(prepare(root)).toMatchObject({ status: 0, steps: ["scripts/bundle.mjs"] });
  expect(await calls()).toHaveLength(1);
});

it("builds again when a source file is changed, added or removed, or the build is gone", async () => {
  await putOnPath("npm", npm);
  const root = await prepared();
  const added = join(root, "src/added.ts");
  const edits = [
    () => writeFile(join(root, "src/cli.ts"), "changed"),
    () => writeFile(added, ""),
    () => rm(added),
    () => writeFile(join(root, "package.json"), "changed"),
    () => writeFile(join(root, "scripts/bundle.mjs"), `${bundler}//`),
    () => rm(join(root, "dist"), { recursive: true }),
  ];
  for (const edit of edits) {
    await edit();
    expect(prepare(root).steps).toEqual(["scripts/bundle.mjs"]);
    expect(prepare(root).steps).toEqual([]);
  }
});

it("prints the bundler's error when it fails, and keeps the last good build", async () => {
  await putOnPath("npm", npm);
  const root = await prepared();
  await writeFile(join(root, "src/cli.ts"), "wrong");
  for (const _ of ["now", "and again"]) {
    const { status, stderr } = prepare(root);
    expect(status).toBe(1);
    expect(stderr).toContain("src/cli.ts is wrong");
  }
  await access(join(root, "dist/cli.js"));
  expect((await readdir(root)).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
});

it("may run several times at once", async () => {
  await putOnPath("npm", npm);
  const root = await prepared();
  await writeFile(join(root, "src/cli.ts"), "changed");
  const runs = Array.from({ length: 4 }, async () => {
    const child = spawn(process.execPath, [join(root, "scripts/prepare.mjs")], { stdio: "ignore" });
    return (await once(child, "close")) as [number];
  });
  expect((await Promise.all(runs)).flat().filter((code) => code !== 0 && code !== null)).toEqual([]);
  expect(await readFile(join(root, "dist/cli.js"), "utf8")).toBe("changed");
  expect((await readdir(root)).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
});

/** Moves the time of the last change by so many seconds from now. */
async function setModified(file: string, seconds: number): Promise<void> {
  const time = new Date(Date.now() + seconds * 1000);
  await utimes(file, time, time);
}
