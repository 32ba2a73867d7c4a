/** Where files are written to, and what is there when it fails half-way. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { describe, expect, onTestFinished, test, type TestContext } from "vitest";
import {
  appendTo,
  findExisting,
  writeNewFiles,
  writeOver,
  type FileContext,
} from "../../../src/workflows/files/write-files.ts";
import { resolveOutputPath } from "../../../src/workflows/files/output-path.ts";
import { MachineError, UsageError } from "../../../src/model/errors.ts";
import { createFakeContext } from "../../commands/fake-context.ts";
import { configOf, openWorkspace } from "../../commands/workspace.ts";

interface Folders {
  readonly work: string;
  /** Beside it. */
  readonly outside: string;
  readonly place: FileContext;
  readonly written: { readonly stdout: string };
}

function openFolders(): Folders {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "kuma-sync-test-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [work, outside] = [join(root, "work"), join(root, "outside")];
  mkdirSync(work);
  mkdirSync(outside);
  writeFileSync(join(outside, "precious"), "precious");
  const { context, written } = createFakeContext({ cwd: work });
  return { work, outside, place: context, written };
}

describe("a place that is written to", () => {
  test.each(["report.md", "new/folder/report.md", "./a/../report.md"])("%s, over what is there", async (path) => {
    const { work, place } = openFolders();
    await writeOver(place, path, "old");
    await writeOver(place, path, "new");
    expect(readFileSync(join(work, path), "utf8")).toBe("new");
    expect(readdirSync(work, { recursive: true }).filter((name) => String(name).includes("report"))).toHaveLength(1);
  });

  test("is not reached over links at the names that write-file-atomic gives to its neighbours", async () => {
    const { work, outside, place } = openFolders();
    const library = createRequire(import.meta.url).resolve("write-file-atomic");
    for (let count = 1; count <= 1000; count += 1) {
      const parts = [library, String(process.pid), String(threadId), String(count)];
      const number = createHash("sha1").update(parts.join("")).digest().readUInt32BE(0);
      symlinkSync(join(outside, "precious"), join(work, `report.md.${number}`));
    }
    await writeOver(place, "report.md", "new");
    expect(readFileSync(join(outside, "precious"), "utf8")).toBe("precious");
    expect(lstatSync(join(work, "report.md")).isFile()).toBe(true);
  });

  test("an address of the operator's own, whichever way, and links within the folder", async () => {
    const { work, outside, place } = openFolders();
    mkdirSync(join(work, "real"));
    symlinkSync(join(work, "real"), join(work, "link"));
    symlinkSync("link/latest.md", join(work, "latest.md"));
    await writeOver(place, join(outside, "report.md"), "1");
    await writeOver(place, "../outside/other.md", "2");
    await writeOver(place, "latest.md", "3");
    expect(readFileSync(join(outside, "report.md"), "utf8")).toBe("1");
    expect(readFileSync(join(outside, "other.md"), "utf8")).toBe("2");
    expect(readFileSync(join(work, "real", "latest.md"), "utf8")).toBe("3");
  });

  test("the folder may itself be reached by a link", async () => {
    const { work, outside, place } = openFolders();
    symlinkSync(work, join(outside, "way"));
    await writeOver({ ...place, cwd: join(outside, "way") }, "report.md", "text");
    expect(readFileSync(join(work, "report.md"), "utf8")).toBe("text");
  });

  test("our own streams and /dev/null", async () => {
    const { place, written } = openFolders();
    await writeOver(place, "/dev/stdout", "to stdout");
    await writeOver(place, "/dev/null", "nowhere");
    expect(written.stdout).toBe("to stdout");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("keeps the rights of the older file, and gives a new secret to its owner alone", async () => {
    const { work, place } = openFolders();
    writeFileSync(join(work, "old"), "", { mode: 0o640 });
    await writeOver(place, "old", "new");
    await writeNewFiles(place, [{ path: "secrets.env", text: "x", isSecret: true }]);
    expect(statSync(join(work, "old")).mode & 0o777).toBe(0o640);
    expect(statSync(join(work, "secrets.env")).mode & 0o777).toBe(0o600);
  });
});

describe("a place that is refused, and nothing is written", () => {
  /** Links as a stranger's commit may hold them. */
  const links: Readonly<Record<string, (folders: Folders) => string>> = {
    "a link to a file outside": ({ work, outside }) => {
      symlinkSync(join(outside, "precious"), join(work, "report.md"));
      return "report.md";
    },
    "a link to a file outside that is not there yet": ({ work, outside }) => {
      symlinkSync(join(outside, "new"), join(work, "report.md"));
      return "report.md";
    },
    "a relative link": ({ work }) => {
      symlinkSync("../outside/precious", join(work, "report.md"));
      return "report.md";
    },
    "a folder that is a link": ({ work, outside }) => {
      symlinkSync(outside, join(work, "out"));
      return "out/precious";
    },
    "a folder below a link that is not there yet": ({ work, outside }) => {
      symlinkSync(outside, join(work, "out"));
      return "out/new/deep/report.md";
    },
    "a link to a link": ({ work, outside }) => {
      symlinkSync(join(outside, "precious"), join(work, "second"));
      symlinkSync("second", join(work, "report.md"));
      return "report.md";
    },
    "the same by its absolute name": ({ work, outside }) => {
      symlinkSync(join(outside, "precious"), join(work, "report.md"));
      return join(work, "report.md");
    },
    "a link to a process": ({ work }) => {
      symlinkSync("/proc/self/mem", join(work, "report.md"));
      return "report.md";
    },
    "a link to a device": ({ work }) => {
      symlinkSync("/dev/null", join(work, "report.md"));
      return "report.md";
    },
    "a link of the operator's folder elsewhere": ({ work, outside }) => {
      symlinkSync(join(work, "victim"), join(outside, "report.md"));
      return join(outside, "report.md");
    },
    "/proc": () => "/proc/self/comm",
    "/proc in another spelling": () => "/proc/../proc//self/environ",
    "/sys": () => "/sys/kernel/uevent_helper",
    "/dev": () => "/dev/mem",
    "a pipe that nobody reads": ({ work }) => {
      spawnSync("mkfifo", [join(work, "pipe")]);
      return "pipe";
    },
  };
  test.each(Object.entries(links))("%s", async (_name, make) => {
    const folders = openFolders();
    const path = make(folders);
    const before = readdirSync(folders.outside);
    expect(() => resolveOutputPath({ cwd: folders.work }, path)).toThrow(UsageError);
    expect(() => findExisting({ cwd: folders.work }, [path])).toThrow(UsageError);
    await expect(writeOver(folders.place, path, "text")).rejects.toThrow(/is not written|cannot write/u);
    await expect(writeNewFiles(folders.place, [{ path, text: "text" }])).rejects.toThrow(
      /is not written|cannot write/u,
    );
    await expect(appendTo(folders.place, path, "text", { limit: 10 })).rejects.toThrow(/is not written|cannot write/u);
    expect(readdirSync(folders.outside)).toEqual(before);
    expect(readFileSync(join(folders.outside, "precious"), "utf8")).toBe("precious");
    expect(existsSync(join(folders.work, "victim"))).toBe(false);
  });

  test("links in a circle are an error like any other", async () => {
    const { work, place } = openFolders();
    symlinkSync("second", join(work, "report.md"));
    symlinkSync("report.md", join(work, "second"));
    await expect(writeOver(place, "report.md", "text")).rejects.toThrow(/is not written|cannot write/u);
  });

  test.each([
    ["validate", "--report", "json=/proc/self/comm"],
    ["test", "--report", "junit=/proc/self/comm"],
    ["plan", "--out", "/proc/self/comm"],
    ["plan", "--report", "markdown=link/report.md"],
    ["apply", "--auto-approve", "--report", "html=link/report.html"],
    ["destroy", "--confirm", "shop@127.0.0.1", "--report", "json=link/report.json"],
    ["snapshot", "--out", "link/snap.json"],
    ["import", "--out", "link/import.yaml"],
    ["import", "--split", "link"],
    ["import", "--out", "new.yaml", "--secrets-file", "link/secrets.env"],
    ["init", "--out", "link/monitors.yaml"],
  ])("kuma-sync %s %s %s: exit 64 before anything is asked of the server", async (...args) => {
    const { folder, run, kuma } = await openWorkspace(configOf({ api: 60 }));
    const { outside } = openFolders();
    symlinkSync(outside, join(folder, "link"));
    const { code, stderr } = await run(args.filter((arg) => arg !== undefined));
    expect(stderr).toContain("is not written");
    expect(code).toBe(64);
    expect(readdirSync(outside)).toEqual(["precious"]);
    expect(kuma.monitors.size).toBe(0);
    expect(kuma.log).toEqual([]);
  });
});

/** A file system of a few pages, full but for what a folder takes; undefined where this user may not mount one. */
function fullDisk(context: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kuma-sync-full-")));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", folder]);
  onTestFinished(() => {
    if (mounted.status === 0) spawnSync("umount", [folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  if (mounted.status !== 0) context.skip("not tested here: no right to mount a small tmpfs");
  writeFileSync(join(folder, "old.json"), "old");
  return folder;
}

function fill(folder: string): void {
  try {
    writeFileSync(join(folder, "filler"), "x".repeat(64_000));
  } catch {
    // That is how it becomes full.
  }
}

describe("a full disk", () => {
  test("that takes only the beginning of a file is an error", async (context) => {
    const folder = fullDisk(context);
    const { place } = openFolders();
    for (const path of ["old.json", "new.json"]) {
      const writing = writeOver(place, join(folder, path), "y".repeat(50_000));
      await expect(writing).rejects.toThrow(new MachineError(`cannot write "${join(folder, path)}": the disk is full`));
    }
    expect(readFileSync(join(folder, "old.json"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["old.json"]);
  });

  test("leaves the older file and nothing else, and reports the error", async (context) => {
    const folder = fullDisk(context);
    fill(folder);
    const { place } = openFolders();
    for (const path of ["old.json", "new.json"]) {
      const writing = writeOver(place, join(folder, path), "y".repeat(10_000));
      await expect(writing).rejects.toThrow(new MachineError(`cannot write "${join(folder, path)}": the disk is full`));
    }
    const files = [{ path: join(folder, "fresh.yaml"), text: "y".repeat(10_000) }];
    await expect(writeNewFiles(place, files)).rejects.toThrow("the disk is full");
    expect(readFileSync(join(folder, "old.json"), "utf8")).toBe("old");
    expect(readdirSync(folder).toSorted()).toEqual(["filler", "old.json"]);
  });

  test("after an apply prints what was done, and exits with 1", async (context) => {
    const disk = fullDisk(context);
    fill(disk);
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    const report = ["--report", `json=${join(disk, "old.json")}`];
    const human = await run(["apply", "--auto-approve", ...report]);
    expect(kuma.monitors.size).toBe(1);
    expect(human.code).toBe(1);
    expect(human.stderr).toContain("the disk is full");
    expect(human.stdout).toContain("The server now matches");
    const json = await run(["apply", "--auto-approve", "--format", "json", ...report]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ type: "kuma-sync.report", ok: false, result: "unchanged" });
    expect(readFileSync(join(disk, "old.json"), "utf8")).toBe("old");
    expect(readdirSync(disk).toSorted()).toEqual(["filler", "old.json"]);
  });
});
